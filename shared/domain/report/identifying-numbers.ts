import { evenText } from '#shared/kernel/folded-text.ts';

/*
 * Numbers that identify somebody, in every form in which people write them: parts of regular expressions, for text that is even
 * (folded-text.ts). Who looks for a mark and who looks for a clue begin and end them alike.
 */

/** What people put between the parts of a number. */
const gap = String.raw`[\s.\/()-]{0,3}`;
const narrowGap = String.raw`[\s.-]{0,2}`;
const begins = String.raw`(?<![\p{L}\p{N}])`;
const ends = String.raw`(?![\p{L}\p{N}])`;
/** 01/02/2026 12.30 has as many digits as a telephone number. */
const notDate = String.raw`(?!\d{1,2}[.\/-]\d{1,2}[.\/-](?:\d{4}|\d{2})(?!\d))`;
const internationally = String.raw`(?:\+\s?\(?|00\s?)44\)?${gap}(?:\(?0\)?)?`;

/** A British number: after its leading nought or country code nine or ten digits, of which the first is no nought. */
export const telephone = String.raw`(?<![\p{L}\p{N}+]|(?<!\d)\d{1,2}[.\/-])${notDate}\(?(?:${internationally}|0)${gap}[1-9](?:${gap}\d){8,9}(?!\d)`;

/** A registration of the style in use since 2001. Three small letters may be the next word: "an XC60 and". */
export const currentPlate = String.raw`${begins}[A-Za-z]{2}\d{2}${narrowGap}(?!(?:and|the|was|for|but|its|had|has|who|she|her|his|him|you|are|not)\b)[A-Za-z]{3}${ends}`;

/** Small letters are those that a postcode has: "5pm" and "2nd" are none. */
export const postcode = String.raw`${begins}[A-Za-z]{1,2}\d[A-Za-z\d]?[\s-]{0,2}(?!1st|2nd|3rd|\dth)\d(?:[A-Z]{2}|[abd-hjlnp-uw-z]{2})${ends}`;

const telephones = new RegExp(telephone, 'gu');
const plates = new RegExp(currentPlate, 'gu');
const postcodes = new RegExp(postcode, 'gu');
const unfinished = new RegExp(String.raw`(?<![\p{L}\p{N}+])\(?${internationally}${gap}(?=[1-9])`, 'gu');
const before = new RegExp(String.raw`^\(?(?:${internationally}|0)`, 'u');

/** "07700900123", however it is written. */
const nationalNumber = (written: string): string => `0${written.replace(before, '').replace(/\D/gu, '')}`;
const joined = (written: string): string => written.replace(/[\s.-]/gu, '').toUpperCase();

interface Numbers {
  /** With the leading nought. */
  readonly telephones: readonly string[];
  /** EF34GHJ. */
  readonly plates: readonly string[];
  /** BS16QF. */
  readonly postcodes: readonly string[];
}

/** Those in a text, each in the one form in which they are compared. */
export function findNumbers(text: string): Numbers {
  const even = evenText(text);
  return {
    telephones: (even.match(telephones) ?? []).map(nationalNumber),
    plates: (even.match(plates) ?? []).map(joined),
    postcodes: (even.match(postcodes) ?? []).map(joined),
  };
}

/** A text in which each number stands in its one form: for what somebody types to find one. */
export const withNumbersJoined = (text: string): string =>
  evenText(text)
    .replace(telephones, (found) => ` ${nationalNumber(found)} `)
    .replace(plates, (found) => ` ${joined(found)} `)
    .replace(postcodes, (found) => ` ${joined(found)} `)
    // Of a number that is not typed to its end.
    .replace(unfinished, '0');
