import { type ExposurePattern, finds } from './exposure-pattern.ts';

/** A person by what they are to another. Longer words first: "stepson" is no "son". */
export const relation =
  'step-?(?:mother|father|mum|dad|son|daughter|brother|sister)|(?:mother|father|sister|brother|son|daughter)[- ]in[- ]law|grand(?:mother|father|son|daughter|ma|pa|ad|parents?|children)|gran(?:ny)?|nan(?:na|ny)?|wife|husband|spouse|fianc[eé]e?|partner|girlfriend|boyfriend|mother|father|mummy|mum|mam|mom|dad(?:dy)?|parents?|sister|brother|twin|daughters?|sons?|child(?:ren)?|kids?|boys|girls|lads?|youngest|eldest|aunt(?:ie|y)?|uncle|cousins?|nieces?|nephews?|family|ex|neighbours?|flatmates?|housemates?|lodger|landlord|landlady|tenant|colleagues?|workmates?|friends?|mates?|boss|manager|carer|solicitor|doctor|GP|social worker|key worker|support worker|teacher';
const between =
  '(?:(?:ex|former|late|best|close|old|own|other|two|three|eldest|youngest|older|younger|little|big|next[- ]door)[- ]{1,2}){0,2}';
const I = "(?:I|[Ww]e|I'(?:m|ve|d|ll)|[Ww]e'(?:re|ve|d|ll))";
const told =
  '(?:told|tells|showed|shown|shows|rang|phoned|texted|messaged|sent|confided in|bragged to|boasted to|admitted to|said to|asked)';
const was = "(?:was|were|am|'m|are|'re|have been|'ve been|had been)";
const number = '(?:two|three|four|five|six|[2-6])';

const firstPerson = [
  finds(
    'firstPerson',
    /\b(?:I|I'(?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Ww]e'(?:re|ve|d|ll)|us|[Oo]urs?|[Oo]urselves)\b/gu,
  ),
];

const kinship = [
  finds(
    'kinship',
    new RegExp(
      `\\b(?:my|our|his|her|their|whose)\\s+${between}(?:${relation})(?:'s(?:\\s+${between}(?:${relation}))?)?(?![\\p{L}-])`,
      'giu',
    ),
  ),
  finds(
    'kinship',
    new RegExp(
      `\\b(?:officer|subject|sergeant|constable|inspector|detective|caller|reporter|source)'s\\s+${between}(?:${relation})(?![\\p{L}-])`,
      'giu',
    ),
  ),
  finds('kinship', /\bex-(?:wife|husband|partner|girlfriend|boyfriend)\b/giu),
  finds(
    'kinship',
    new RegExp(
      `\\b${I}(?:\\s+(?:am|was|were|used to be))?\\s+(?:(?:his|her|their|the)\\s+${between}(?:${relation})|(?:married|related|engaged)\\s+to\\s+(?:him|her|them)|(?:going|went)\\s+out\\s+with\\s+(?:him|her|them))`,
      'gu',
    ),
  ),
  finds(
    'kinship',
    new RegExp(`\\b(?:the\\s+)?(?:${relation})\\s+(?:is|are|was)\\s+my\\s+${between}(?:${relation})`, 'giu'),
  ),
  finds(
    'kinship',
    /\b(?:related to|married to|engaged to|lives? with|lived with|grew up with|(?:friend|relative|member of the family) of)\s+(?:him|her|them|(?:the|an?)\s+[\p{L}'-]{1,30})?(?![\p{L}])/giu,
  ),
];

/** That somebody says something, before what they say. */
export const says =
  '(?:(?:also|then|further|now)\\s+)?(?:(?:is|was)\\s+\\p{L}{3,15}\\s+(?:about|with|by|that|of|how)|(?:says?|said|states?|stated|reports?|reported|alleges?|alleged|believes?|believed|claims?|claimed|thinks?|names?|named|complains?|complained|describes?|described|mentions?|mentioned|adds?|added|suspects?|suspected))(?:\\s+(?:that|of|about|how))?';
const whoReports =
  "(?:\\b(?:the|this|our)\\s+(?:reporter|caller|source|complainant|whistle-?blower|witness)|(?<=(?:^|[.\\n]\\s{0,3}))caller)\\b(?!')";

const reporter = [
  // What they say stays; that somebody says it goes.
  finds('reporter', new RegExp(`${whoReports}\\s+${says}(?!\\p{L})`, 'giu')),
  finds('reporter', new RegExp(`${whoReports}(?!\\s+${says}(?!\\p{L})|\\s+of\\b)`, 'giu'), 'rest'),
  finds(
    'reporter',
    /\b(?:wish(?:es|ed)?|wants?|wanted|asked?|asks|prefers?)\s+(?:to\s+(?:remain|stay|be)\s+anonymous|not\s+to\s+be\s+(?:named|identified|contacted))\b/giu,
  ),
  finds('reporter', /\bperson\s+(?:reporting|who\s+(?:reported|called|rang|wrote|told))\b/giu),
  finds(
    'name',
    /\b(?:[Mm]y\s+(?:full\s+|real\s+|first\s+)?name\s+is|[Mm]y\s+name's|[Tt]his\s+is|I\s+am\s+called)\s+\p{Lu}[\p{L}'-]{1,30}/gu,
  ),
  // How a person signs, before the number to ring.
  finds(
    'name',
    /(?<=(?:^|[.!?\n]\s{1,3}))(?!(?:Ring|Call|Text|Phone|Tel|Telephone|Mobile|Mob|Number|No|Contact|Email|Please|Message|Reach|On|At)\b)\p{Lu}\p{Ll}{1,20}(?:\s+\p{Lu}[\p{L}'-]{1,30})?(?=,?\s+\(?(?:\+44|0)[\d\s()]{9})/gu,
  ),
  finds('name', new RegExp(`(?<=\\b(?:my|our)\\s+(?:${relation})\\s+)\\p{Lu}\\p{Ll}{1,30}`, 'gu')),
];

const work = [
  finds(
    'workplace',
    new RegExp(
      `\\b${I}(?:\\s+(?:used\\s+to|still|also|have|had|only))?\\s+(?:work|worked|working|volunteer|teach|drive|serve|served|run|manage|supervise|look after|do)\\b`,
      'gu',
    ),
    'rest',
  ),
  finds(
    'workplace',
    /\b(?:I\s+am|I'm|I\s+was|I\s+used\s+to\s+be|I've\s+been|I\s+have\s+been|[Ww]e\s+are|[Ww]e're|(?:there's|there\s+is)\s+\w+\s+of\s+us,?)\s+(?:also\s+|still\s+|all\s+)?(?:an?|the|on|in)\s+(?!(?:bit|lot|few|little|afraid|hurry|trouble|danger|fear|state)\b)/gu,
    'rest',
  ),
  finds(
    'workplace',
    /\bI(?:'ve|\s+have)\s+(?:got\s+)?(?:\d{1,2}|\p{L}{3,9})\s+years(?:'|\s+in|\s+service)?\b/gu,
    'rest',
  ),
  finds(
    'workplace',
    /\bI(?:'ve|\s+have)?\s+(?:done|did|finish|start|started|joined|left|retire[ds]?)\s+(?:the|at|on|work|my|that|this)\b/gu,
    'rest',
  ),
  finds('workplace', /\b(?:all\s+)?(?:on|in)\s+[A-F]\s+(?:section|relief|team|shift|watch|block)\b/gu),
  finds('workplace', /\b[Mm]y\s+(?:collar|shoulder|warrant|staff)\s+(?:number|no\.?)\s+(?:is\s+)?\p{N}{2,8}/gu),
  finds(
    'workplace',
    /(?<!\bof\s)\b(?:work(?:s|ed|ing)?|employed|serv(?:es|ed|ing)|stationed|posted|based|volunteer(?:s|ed)?|teach(?:es)?)\s+(?:at|in|with|for|on|as|alongside|beside|under)\b/giu,
    'rest',
  ),
  finds('workplace', /\bdoes\s+the\s+(?:books|accounts|cleaning|bins|post|audit|rota)\b/giu, 'rest'),
  finds(
    'workplace',
    /\b(?:same|our|my|their)\s+(?:shift|team|office|station|department|unit|ward|school|depot|rota|relief|section|watch|workplace)(?:\s+as\s+(?:(?:the|this|that)\s+)?\p{L}{2,20})?(?!\p{L})/giu,
  ),
  finds('workplace', /\b(?:on|off)\s+(?:shift|duty|nights|lates|earlies)\s+with\s+(?:him|her|them|me|us)?\b/giu),
  finds(
    'workplace',
    /\b(?:line manager|in the (?:canteen|locker room|briefing|parade room|report writing room|custody suite|staff room))\b/giu,
  ),
];

const witness = [
  finds(
    'witness',
    new RegExp(
      `\\b${I}(?:\\s+(?:have|had|also|even|just|actually|personally|once|only))?\\s+(?:saw|seen|see|heard|hear|overheard|watched|watch|noticed|witnessed|found|read|wrote down|recorded|filmed|took a (?:photo|picture))(?:\\s+(?:him|her|them|it|this|that))?(?:\\s+(?:myself|ourselves))?\\b`,
      'gu',
    ),
  ),
  finds(
    'witness',
    new RegExp(
      `\\b${I}(?:\\s+(?:have|had))?\\s*${was}\\s+(?:there|present|(?:stood|standing|sat|sitting|parked)\\b|next to|with (?:him|her|them)|in the (?:room|car|van|next room))`,
      'gu',
    ),
    'rest',
  ),
  finds(
    'witness',
    new RegExp(
      `\\b(?:he|she|they|who)(?:\\s+(?:has|had|then|even|also))?\\s+${told}(?:\\s+(?:it|this|that))?(?:\\s+to)?\\s+(?:me|us)\\b`,
      'giu',
    ),
  ),
  finds(
    'witness',
    /\b(?:said|bragged|boasted|admitted|laughed|joked)\s+(?:(?:about\s+)?(?:it|this|that)\s+)?to\s+(?:me|us)\b/giu,
  ),
  finds(
    'witness',
    /\b(?:confided|in confidence|told (?:me|us|her|him|them) (?:that|about|how)|showed (?:me|us|her|him|them)|private message|group chat|WhatsApp group)\b/giu,
  ),
  finds('witness', /\b(?:overheard|eavesdropped|wrote down|kept screenshots|took screenshots)\b/giu),
];

const rare = [
  finds(
    'rareDetail',
    new RegExp(
      `\\b(?:only|just)\\s+(?:the\\s+)?${number}\\s+of\\s+(?:us|them)\\b|\\b${number}\\s+of\\s+us\\b|\\b(?:us|we)\\s+two\\b`,
      'giu',
    ),
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:I\s+am|I'm|I\s+was|am|was|is|being|him\s+and|her\s+and)\s+the\s+only\b|\bone\s+of\s+(?:only\s+)?(?:two|three|four|five|six)\b|\bI\s+am\s+one\s+of\b/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:only|just)\b[^.,;\n]{0,40}\b(?:knows?|knew|known|present|saw|heard|hears|aware|told|there|see|seen|could|showed|has the key|have the key)\b/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:nobody|no[- ]one|not\s+(?:a\s+soul|anyone|anybody))\s+(?:else\b|but\b|knows?\b|knew\b|(?:was|were|is)\b|saw\b|heard\b)/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:told|shown|showed)\s+(?:nobody|no[- ]one|anyone\s+else|only)\b|\b(?:not|never)\s+(?:told|shown|showed)\s+(?:anyone|anybody)\b|\bonly\s+(?:ever\s+)?told\b/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\bthere(?:\s+is|'s|\s+was|\s+were|\s+are)\s+only\b|\b(?:it|that)\s+(?:could|can|must|would)\s+only\b/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:know|guess|realise|think|tell|suspect|work\s+out|figure\s+out|point)\s+(?:that\s+)?(?:it(?:'s|\s+is|\s+was)?)\s+(?:me|us|from\s+(?:me|us))\b/giu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\bI(?:'m|\s+am)\s+(?:leaving|moving|retiring|pregnant|off\s+sick|on\s+(?:maternity|long-term|annual))\b|\bI\s+(?:left|quit|resigned|reported|complained|asked\s+him|asked\s+her)\b/gu,
    'clause',
  ),
  finds(
    'rareDetail',
    /\b(?:small|tiny)\s+(?:team|office|unit|village|gym|station|shop|pub)\b|\beverybody\s+knows\s+(?:me|us)\b|\beveryone\s+knows\s+(?:me|us)\b/giu,
    'clause',
  ),
  finds('rareDetail', /\basked\s+(?:me|us)\s+why\b|\bwith\s+the\s+baby\b/giu, 'clause'),
  // Words exactly as spoken: only those who were there could repeat them.
  finds(
    'rareDetail',
    // From an opening mark to a closing one: what stands between two quotations is none.
    // One quotation may stand within another; without an end to that, a text of opening marks would take three hundred looks at each.
    /“(?=[^”\n]{12})[^“”\n]{0,300}(?:“[^“”\n]{0,300})?”|(?<![\p{L}\p{N}.,?!])"(?=\S)[^"\n]{12,300}(?<=\S)"(?![\p{L}\p{N}])/gu,
  ),
  // An exact sum that few can know.
  finds('rareDetail', /£\s?\d[\d,]*(?:\.\d{2})?(?![\d,])/gu),
];

const days = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const months = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const times = [
  finds('witnessTime', /(?<![\d:.£])(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:am|pm|hrs|hours))?(?![\d%])/giu),
  finds('witnessTime', /\b(?:[01]?\d)\s?(?:am|pm)\b|\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours)\b/giu),
  finds(
    'witnessTime',
    /\b(?:half past|quarter (?:to|past)|(?:five|ten|twenty) (?:minutes )?(?:to|past))\s+[\p{L}\p{N}]{1,10}\b/giu,
  ),
  // It shows when the reporter spoke, and that they had just seen it.
  finds(
    'witnessTime',
    /\b(?:last night|yesterday(?: morning| afternoon| evening)?|this (?:morning|afternoon|evening)|tonight|an hour ago|just now|earlier today)\b/giu,
  ),
  finds(
    'witnessTime',
    new RegExp(
      `\\b(?:last|on the|this)\\s+${days}(?:\\s+(?:morning|afternoon|evening|night))?\\b|\\bon the night of\\s+(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)?(?:\\s+${months})?`,
      'gu',
    ),
  ),
  finds(
    'witnessTime',
    /\bat\s+the\s+(?:Christmas|leaving|retirement|birthday|engagement)\s+(?:do|party|meal|drinks)\b/gu,
  ),
  finds(
    'witnessTime',
    /\b(?:at\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b/giu,
  ),
];

const home = [
  finds(
    'address',
    /\b(?:[Ww]e|I)(?:'re|\s+are|\s+am|'m)?\s+(?:live|lived|living)\s+(?:at|in|on|near|next|opposite|above|below|over|across|behind)\b|\b[Mm]y\s+(?:house|flat|window|kitchen|bedroom|garden)\s+(?:looks|faces|overlooks|backs|is)\b/gu,
    'rest',
  ),
  finds('address', /\b(?:number|no\.)\s+\d{1,4}[a-z]?\b/giu),
  finds('address', /\bon\s+our\s+(?:road|street|estate|close|lane|landing|floor)\b/giu),
];

export const englishPatterns: readonly ExposurePattern[] = [
  ...[...firstPerson, ...kinship, ...reporter, ...work],
  ...[...witness, ...rare, ...times, ...home],
];
