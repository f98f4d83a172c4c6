import { type ExposurePattern, finds } from './exposure-pattern.ts';

/* `\b` knows no ŵ, ŷ or â: Welsh words begin and end where letters do. Mutated forms stand beside the plain ones. */
const begins = "(?<![\\p{L}'])";
const ends = '(?!\\p{L})';
const I = "(?:i|fi|mi|ni|innau|finnau|'n i|'i)";

export const welshRelation =
  '(?:cyn-?|gyn-?|chyn-?)?(?:gwraig|ngwraig|wraig|gŵr|ngŵr|ŵr|partner|mhartner|bartner|phartner|cariad|nghariad|gariad|chariad|mam|fam|mham|tad|nhad|dad|thad|rhieni|chwaer|brawd|mrawd|frawd|merch|ferch|mab|fab|plant|mhlant|blant|phlant|plentyn|mhlentyn|blentyn|modryb|fodryb|anti|ewythr|yncl|cefnder|nghefnder|gefnder|cyfnither|nghyfnither|nith|nai|nain|mam-gu|taid|tad-cu|ffrind(?:iau)?|cymydog|nghymydog|gymydog|cymdogion|(?:c|ngh|g|ch)ydweith(?:iwr|wyr|wraig)|bos|rheolwr|cyfreithiwr|nghyfreithiwr|teulu|nheulu|deulu|landlord)';
/** How a sentence begins that says where somebody is. */
export const isIn = `${begins}(?:wedi|yn|mewn|i|ym|yng|a|mae)\\s`;

const word = (words: string, flags = 'giu') => new RegExp(`${begins}(?:${words})${ends}`, flags);

const person = [
  finds(
    'firstPerson',
    word(
      'fi|myfi|finnau|innau|fy|fyddaf|ydw\\s+i|ydwi|dw\\s+i|dwi|rydw\\s+i|rwy|rwyf|roeddwn|oeddwn|bues|ein|ni|ninnau|wrtha\\s+i|wrthyf|gen\\s+i|gennyf|ata\\s+i|ataf|arna\\s+i|arnaf|imi|i\\s+mi|i\\s+fi',
    ),
  ),
  finds(
    'kinship',
    word(
      `(?:mae\\s+)?(?:fy|ein|ei|eu|'i|'u|'n|'m)\\s+(?:(?:hen|unig)\\s+)?(?:${welshRelation})(?:\\s+(?:i|ni|hynaf|ieuengaf|hŷn|iau))?`,
    ),
  ),
  finds(
    'kinship',
    word(
      `(?:fi|ni)\\s+(?:yw|ydi|ydy|oedd)\\s+(?:(?:ei|eu|'i)\\s+)?(?:${welshRelation})(?:\\s+(?:y|yr)\\s+\\p{L}{2,15})?`,
    ),
  ),
  finds(
    'kinship',
    word(
      `(?:mae|roedd|gan|i|a|ac)(?:'r|\\s+y|\\s+yr)?\\s*(?:gŵr|wraig|plant|mam|tad|nhad|partner)${ends}(?=\\s+(?:adra|adre|gartref|wedi|yn|acw))`,
    ),
  ),
  finds('kinship', word(`(?:mam|tad|brawd|chwaer|ffrind|rhiant)\\s+(?:i\\s+)?un\\s+o(?:'r|\\s+y)\\s+\\p{L}{3,15}`)),
  finds(
    'name',
    /(?<=(?:^|[.!?\n]\s{1,3}))\p{Lu}\p{Ll}{1,20}(?:\s+\p{Lu}[\p{L}'-]{1,30})?(?=\s+(?:ydw|dw|ydi|yw)\s+(?:i|f'enw|fy enw))/gu,
  ),
  finds(
    'name',
    /(?<!\p{L})(?:(?:[Ff]y|[Ff]')\s?enw\s+(?:i\s+)?(?:yw|ydi|ydy)|[Ff]y\s+enw\s+llawn\s+(?:yw|ydi))\s+\p{Lu}[\p{L}'-]{1,30}/gu,
  ),
  finds('name', new RegExp(`(?<=(?:fy|ein)\\s+(?:${welshRelation})\\s+(?:i\\s+)?)\\p{Lu}\\p{Ll}{1,30}`, 'gu')),
];

const work = [
  finds(
    'workplace',
    word(
      "(?:dw\\s+i'n|dwi'n|rydw\\s+i'n|rwy'n|rwyf\\s+yn|roeddwn\\s+i'n|o'n\\s+i'n|bues\\s+i'n|dw\\s+i\\s+wedi\\s+bod\\s+yn)\\s+(?:gweithio|gyrru|dysgu|glanhau|gwirfoddoli|rhedeg|gwasanaethu|swyddog|blismon|blismones|nyrs|athro|athrawes)",
    ),
    'rest',
  ),
  finds(
    'workplace',
    word(
      "(?:mae|sy|sydd|oedd|roedd)(?:'n|\\s+yn|\\s+e'n|\\s+hi'n|\\s+o'n)\\s+(?:gweithio|gyrru|dysgu|gwirfoddoli)\\s+(?:yn|ym|yng|i|i'r|gyda|efo|fel|mewn)",
    ),
    'rest',
  ),
  finds('workplace', word('(?:ar|yn)\\s+yr\\s+un\\s+(?:tîm|shifft|sifft|swyddfa|orsaf|uned|ward|ysgol|criw)'), 'rest'),
  finds('workplace', word('(?:ein|fy)\\s+(?:shifft|sifft|tîm|swyddfa|gorsaf|ngorsaf|uned|gwaith|ngwaith|adran)')),
];

const witness = [
  finds(
    'witness',
    word(
      `(?:(?:mi|fe)\\s+)?(?:welais|gwelais|gweles|welish|glywais|clywais|clywes|glywes|sylwais|ddarllenais|gwyliais)\\s+(?:${I}|i)(?:['’]\\p{L}{1,2})?(?:\\s+(?:e|o|hi|nhw|fe|ef|fo))?`,
    ),
  ),
  finds(
    'witness',
    word('(?:fe\\s+|mi\\s+)?(?:welodd|gwelodd|glywodd|clywodd|ddangosodd|dangosodd)\\s+(?:e|o|hi|ef|fo|fe)'),
  ),
  finds(
    'witness',
    word(
      '(?:(?:mi|fe)\\s+)?(?:ddywedodd|dywedodd|ddeudodd|deudodd|wedodd|soniodd|gyfaddefodd|brolio|ffoniodd|ddangosodd)\\s+(?:(?:e|o|hi|ef|fo|fe)\\s+)?(?:y\\s+\\p{L}{2,15}\\s+)?(?:wrtha\\s+i|wrthyf(?:\\s+i)?|i\\s+mi|i\\s+fi|imi|fi|wrthon\\s+ni|wrthym)',
    ),
  ),
  finds(
    'witness',
    word(
      "(?:roeddwn|o'n|oeddwn|bues|ro'n|oedden|roedden)\\s+(?:i|ni)(?:'n)?\\s+(?:yno|yna|yn\\s+eistedd|yn\\s+sefyll|eistedd|sefyll|gyda|efo|yn\\s+y|yn\\s+yr)",
    ),
    'rest',
  ),
];

const two = '(?:un|dau|dwy|tri|tair|pedwar|pedair|pump|ychydig)';
const rare = [
  finds(
    'rareDetail',
    word(
      `(?:dim\\s+ond|does\\s+(?:neb\\s+)?ond|dim\\s+ots\\s+ond|neb\\s+(?:arall|ond|yn\\s+gwybod|a\\s+wyddai)|yr\\s+unig\\s+(?:un|rai|berson|bobl|ferch|fenyw|ddyn)|'r\\s+unig\\s+(?:un|rai|berson|bobl|ferch|fenyw|ddyn)|${two}\\s+ohonon\\s+ni|ni'n\\s+(?:dau|dwy|tri))`,
    ),
    'clause',
  ),
  finds('rareDetail', /['’]r\s+unig\s+(?:un|rai|berson|bobl|ferch|fenyw|ddyn|rhai)(?!\p{L})/giu, 'clause'),
  finds(
    'rareDetail',
    word(
      "(?:pawb\\s+arall|pawb\\s+yn\\s+(?:nabod|adnabod)|yn\\s+amau\\s+yn\\s+syth|bydd\\w*\\s+(?:e|o|hi|nhw)'n\\s+(?:gwybod|amau)|wedi\\s+cwyno|wedi\\s+(?:sôn|dweud)\\s+wrth\\s+neb)",
    ),
    'clause',
  ),
];

const day = '(?:Lun|Fawrth|Mawrth|Fercher|Mercher|Iau|Wener|Gwener|Sadwrn|Sul)';
const times = [
  finds(
    'witnessTime',
    new RegExp(
      `${begins}(?:nos|dydd|fore|bore|brynhawn|prynhawn)\\s+${day}(?:\\s+(?:diwethaf|nesaf))?(?:\\s+am\\s+\\p{L}{2,12})?`,
      'gu',
    ),
  ),
  finds('witnessTime', word("(?:neithiwr|ddoe|heno|bore\\s+'ma|prynhawn\\s+'ma|echdoe|echnos)")),
  finds('witnessTime', word('ar\\s+ôl\\s+y\\s+(?:gêm|parti|cyfarfod|briodas|angladd|shifft)'), 'rest'),
];

const home = [
  finds(
    'address',
    word(
      "(?:(?:rydym|rydyn|dan|'dan)\\s+ni|dw\\s+i|dwi|rwy|rydw\\s+i)(?:'n|\\s+yn)\\s+byw\\s+(?:yn|ym|yng|ar|drws|ger|gyferbyn|uwchben)",
    ),
    'rest',
  ),
];

export const welshPatterns: readonly ExposurePattern[] = [...person, ...work, ...witness, ...rare, ...times, ...home];
