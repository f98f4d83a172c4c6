import { type ExposurePattern, finds } from './exposure-pattern.ts';
import { relation } from './patterns-english.ts';
import { isIn, welshRelation } from './patterns-welsh.ts';

const stays =
  '(?:stay(?:s|ed|ing)?|stopp(?:ed|ing)|stops|liv(?:es|ing)|sleep(?:s|ing)|hid(?:es|ing)|moved|moving|gone|going|went|goes|fled|flee(?:s|ing)?|relocated|run|ran|back|placed|rehoused|housed|put\\s+up|taken)';
const where =
  '(?:\\s+(?:away|out|over|up|down|back|temporarily|now|currently|for\\s+now))?\\s+(?:to\\s+)?(?:stay(?:ing)?\\s+|live\\s+)?(?:to|at|in|into|with|near|by|on)';
const whose = '(?:(?:a|an|the|my|his|her|their|our|some|another|one\\s+of\\s+(?:her|his|their|my))\\s+)';
const shelter =
  "(?:(?:women's\\s+)?(?:refuge|shelter|hostel|safe\\s*(?:house|place|home)|sanctuary)|women's\\s+aid|b\\s?&\\s?b|bed\\s+and\\s+breakfast|temporary\\s+accommodation|supported\\s+(?:housing|accommodation)|witness\\s+protection)";

/** Where somebody is, or will be, who must not be found: the victim, or whoever fled. */
export const victimPatterns: readonly ExposurePattern[] = [
  finds(
    'victim',
    new RegExp(
      `\\b${stays}${where}\\s+${whose}?(?:(?:best|close|old|other|new|different|safe|secret)\\s+){0,2}(?:${relation}|place|flat|house|home|address|bedsit|caravan|hotel|area|town|village)(?:'s)?(?![\\p{L}-])`,
      'giu',
    ),
    'rest',
  ),
  finds(
    'victim',
    /\b(?:stay(?:s|ed|ing)?|stopp(?:ed|ing)|sleep(?:s|ing)|hid(?:es|ing)|moved|fled|relocated|rehoused|gone\s+to\s+(?:stay|live))(?:\s+(?:to|at|in|into|with|near|up|down|over))\s+(?:the\s+)?(?=\p{Lu})/gu,
    'rest',
  ),
  finds(
    'victim',
    new RegExp(
      `\\b(?:(?:${stays}${where}|is|are|was|be|been|place|room|bed)\\s+)?(?:in|at|to|into)\\s+${whose}?(?:\\p{L}{1,20}\\s+){0,3}${shelter}(?![\\p{L}-])`,
      'giu',
    ),
    'rest',
  ),
  finds('victim', new RegExp(`\\b${shelter}\\s+(?:in|on|at|near|off)\\b`, 'giu'), 'rest'),
  finds(
    'victim',
    /\b(?:new|current|secret|safe)\s+(?:address|flat|house|home|place|school|job|number|phone)\b(?:\s+(?:is|in|at))?/giu,
    'rest',
  ),
  finds(
    'victim',
    /\b(?:start(?:s|ed|ing)?|mov(?:ed|es|ing)|chang(?:ed|es|ing)|switch(?:ed|ing)|go(?:es|ing)?|went|enrolled|attends?|at|into)\s+(?:to\s+|at\s+|in\s+)?(?:(?:a|the|their|her|his|new|another|different)\s+){0,2}(?:\p{Lu}[\p{L}'-]{1,20}\s+){0,3}(?:[Pp]rimary|[Ii]nfants?|[Jj]uniors?|[Aa]cademy|[Nn]ursery|[Ss]chools?)\b/gu,
    'rest',
  ),
  finds(
    'victim',
    new RegExp(
      `${isIn}[^.,;\\n]{0,30}?(?:llochesi?|lloches|loches|hostel|llety|guddfan|ty\\s+diogel|tŷ\\s+diogel|lle\\s+diogel)(?!\\p{L})`,
      'giu',
    ),
    'rest',
  ),
  finds(
    'victim',
    new RegExp(
      `(?<!\\p{L})(?:aros|byw|cuddio|cysgu|mynd|symud|ffoi|dianc|lletya)\\s+(?:draw\\s+)?(?:at|gyda|gydag|efo|hefo|gan|i|yn|ym|yng)\\s+(?:(?:ei|eu|fy|dŷ|dy|tŷ)\\s+)?(?:['’]?i\\s+)?(?:${welshRelation})(?!\\p{L})`,
      'giu',
    ),
    'rest',
  ),
  finds(
    'victim',
    /(?<!\p{L})(?:aros|byw|cuddio|cysgu|symud|ffoi|dianc)\s+(?:efo|gyda|at)['’]?[iu]?\s+(?:\p{L}{1,15}\s+){0,2}(?:yn|ym|yng|i|ger)\s+(?=\p{Lu})/gu,
    'rest',
  ),
  finds(
    'victim',
    /(?<!\p{L})(?:wedi\s+symud|symudodd|yn\s+aros|yn\s+cuddio|wedi\s+ffoi|wedi\s+mynd\s+i\s+fyw)\s+(?:i|yn|ym|yng)\s+(?=\p{Lu})/gu,
    'rest',
  ),
  finds(
    'victim',
    /(?<!\p{L})(?:newid|symud|mynd\s+i|dechrau\s+yn|dechrau\s+mewn|mynychu|cyfeiriad\s+newydd|tŷ\s+newydd|fflat\s+newydd)(?:\s+|,\s+)(?:i\s+)?(?:ysgol(?:ion)?|cyfeiriad|meithrinfa)(?!\p{L})/giu,
    'rest',
  ),
  finds('victim', /(?<!\p{L})(?:cyfeiriad|tŷ|fflat|cartref|ysgol)\s+newydd(?!\p{L})/giu, 'rest'),
];
