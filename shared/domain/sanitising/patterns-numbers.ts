import { currentPlate, postcode, telephone } from '../report/identifying-numbers.ts';
import { type ExposurePattern, finds } from './exposure-pattern.ts';

const street =
  'Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Terrace|Place|Gardens|Grove|Square|Hill|Row|Mews|Park|Walk|Rise|View|Green|Parade|Rd|St|Ave';
const welshStreet =
  'Heol|Stryd|Ffordd|Lôn|Maes|Rhodfa|Bryn|Clos|Cwrt|Teras|Tai|Llys|Parc|Rhes|Dôl|Cae|Pentre|Trem|Tan|Plas|Erw|Gerddi';

/** Numbers, addresses and accounts: the same in every language. */
export const numberPatterns: readonly ExposurePattern[] = [
  finds('account', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu),
  finds('account', /(?<![\p{L}\p{N}.@])@[\p{L}\p{N}_.]{3,40}/gu),
  finds('account', /\b(?:https?:\/\/|www\.)[^\s]{3,300}/giu),
  finds('telephone', new RegExp(telephone, 'gu')),
  finds('vehicle', new RegExp(currentPlate, 'gu')),
  finds('address', new RegExp(postcode, 'gu')),
  finds('address', new RegExp(`\\b\\d{1,4}[a-z]?,?\\s+(?:[A-Z][\\p{L}'-]{0,30}\\s+){1,3}(?:${street})\\b`, 'gu')),
  finds(
    'address',
    new RegExp(`\\b\\d{1,4}[a-z]?,?\\s+(?:${welshStreet})(?:\\s+(?:[yY]r?\\s+)?[A-Z][\\p{L}'-]{0,30}){1,3}`, 'gu'),
  ),
  finds('address', /\b(?:[Ff]lat|[Aa]partment|[Rr]oom|[Ff]flat)\s+\d{1,4}[A-Za-z]?\b/gu),
];
