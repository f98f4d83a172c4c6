import { currentPlate, postcode, telephone } from '../report/identifying-numbers.ts';
import type { ExposureKind } from './exposure-kinds.ts';

/**
 * What the reporter-exposure check looks for. A unit adds words of its own by its policy (unit-phrases.ts). Every pattern
 * is global, is for text that is even (folded-text.ts), and none can run long on hostile text: no repetition within a repetition over the same characters.
 */
interface ExposurePattern {
  readonly kind: ExposureKind;
  readonly pattern: RegExp;
}

const finds = (kind: ExposureKind, pattern: RegExp): ExposurePattern => ({ kind, pattern });

const relation =
  'wife|husband|spouse|fianc[eé]e?|partner|girlfriend|boyfriend|mother|father|mum|mam|dad|parents?|sister|brother|daughter|son|child(?:ren)?|kids?|aunt(?:ie)?|uncle|cousin|niece|nephew|gran(?:dmother|dfather|dson|ddaughter|ny)?|stepmother|stepfather|stepson|stepdaughter|(?:mother|father|sister|brother|son|daughter)-in-law|neighbours?|flatmate|housemate|lodger|landlord|landlady|tenant|colleagues?|friends?|mates?|boss|carer';
const street =
  'Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Terrace|Place|Gardens|Grove|Square|Hill|Row|Mews|Park|Walk|Rise';

export const exposurePatterns: readonly ExposurePattern[] = [
  finds(
    'firstPerson',
    /\b(?:I|I[’'](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Ww]e[’'](?:re|ve|d|ll)|us|[Oo]urs?|[Oo]urselves)\b/gu,
  ),
  finds(
    'kinship',
    new RegExp(
      `\\b(?:(?:my|our|his|her|their|whose)\\s+)(?:ex-?\\s?|former\\s+|late\\s+|best\\s+|close\\s+|next[- ]door\\s+)?(?:${relation})\\b`,
      'giu',
    ),
  ),
  finds(
    'kinship',
    new RegExp(
      `\\b(?:officer|subject|sergeant|constable|inspector|detective)[’']s\\s+(?:ex-?\\s?|former\\s+)?(?:${relation})\\b`,
      'giu',
    ),
  ),
  finds('kinship', /\bex-(?:wife|husband|partner|girlfriend|boyfriend)\b/giu),
  finds(
    'kinship',
    /\b(?:related to|married to|engaged to|lives? with|lived with|grew up with|(?:friend|relative|member of the family) of)\b/giu,
  ),
  finds(
    'reporter',
    /\b(?:the|this|our)\s+(?:reporter|caller|source|complainant|whistle-?blower|witness)\b[^.;\n]{0,80}/giu,
  ),
  finds(
    'reporter',
    /\b(?:wish(?:es|ed)?|wants?|wanted|asked?|asks|prefers?)\s+(?:to\s+(?:remain|stay|be)\s+anonymous|not\s+to\s+be\s+(?:named|identified|contacted))\b/giu,
  ),
  finds('reporter', /\bperson\s+(?:reporting|who\s+(?:reported|called|rang|wrote|told))\b/giu),
  // An e-mail address may be the reporter’s.
  finds('contact', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu),
  // A telephone number may be the reporter’s.
  finds('contact', new RegExp(telephone, 'gu')),
  // An account name may be the reporter’s, or lead to them.
  finds('contact', /(?<![\p{L}\p{N}.@])@[\p{L}\p{N}_.]{3,40}/gu),
  // A link may lead to the reporter.
  finds('contact', /\bhttps?:\/\/[^\s]{3,300}/giu),
  // A postcode may be the reporter’s.
  finds('contact', new RegExp(postcode, 'gu')),
  // An address may be the reporter’s.
  finds('contact', new RegExp(`\\b\\d{1,4}[a-z]?,?\\s+(?:[A-Z][\\p{L}’'-]+\\s+){1,3}(?:${street})\\b`, 'gu')),
  // An address may be the reporter’s.
  finds('contact', /\b(?:[Ff]lat|[Aa]partment|[Rr]oom)\s+\d{1,4}[A-Za-z]?\b/gu),
  // A number plate: make sure that it is not the reporter’s.
  finds('contact', new RegExp(currentPlate, 'gu')),
  finds(
    'workplace',
    /\b(?:work(?:s|ed|ing)?|employed|serv(?:es|ed|ing)|stationed|posted|based|volunteer(?:s|ed)?)\s+(?:at|in|with|for|alongside|beside|under)\s+[^.,;\n]{1,60}/giu,
  ),
  finds(
    'workplace',
    /\b(?:same|our|my|their)\s+(?:shift|team|office|station|department|unit|ward|school|depot|rota|relief|section|watch|workplace)\b/giu,
  ),
  finds('workplace', /\b(?:on|off)\s+(?:shift|duty|nights|lates|earlies)\s+with\b/giu),
  finds(
    'workplace',
    /\b(?:line manager|in the (?:canteen|locker room|briefing|parade room|report writing room|custody suite|staff room))\b/giu,
  ),
  finds(
    'rareDetail',
    /\b(?:only|nobody|no[- ]one|just)\b[^.;\n]{0,40}\b(?:knows?|knew|present|saw|heard|aware|told|there)\b/giu,
  ),
  finds(
    'rareDetail',
    /\b(?:overheard|confided|in confidence|told (?:me|us|her|him|them) (?:that|about|how)|showed (?:me|us|her|him|them)|private message|group chat|WhatsApp group|two of us|three of us)\b/giu,
  ),
  // Words exactly as spoken: only those who were there could repeat them.
  finds(
    'rareDetail',
    // From an opening mark to a closing one: what stands between two quotations is none.
    // One quotation may stand within another; without an end to that, a text of opening marks would take three hundred looks at each.
    /“(?=[^”\n]{12})[^“”\n]{0,300}(?:“[^“”\n]{0,300})?”|(?<![\p{L}\p{N}.,?!])"(?=\S)[^"\n]{12,300}(?<=\S)"(?![\p{L}\p{N}])/gu,
  ),
  // An exact sum that few can know.
  finds('rareDetail', /£\s?\d[\d,]*(?:\.\d{2})?(?![\d,])/gu),
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
];
