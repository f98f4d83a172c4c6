import { seenPlaces, seenText } from './visible-text.ts';

/*
 * Text as it is compared, for search, matching, names and the reporter-exposure check alike. What looks the same, or is the same
 * letter in another dress, is the same.
 */

/** Apostrophes and dashes as people, telephones and word processors write them. */
const apostrophes = /[\u2018\u2019\u201b\u0060\u00b4\u02b9\u02bb-\u02bd\u02c8\u2032\uff07]/g;
const dashes = /[\p{Pd}\u2212\u02d7]/gu;
/** Compared as it stands: nothing of it is written in two ways. */
const evenAlready =
  /^[ -_a-~\n\t\u00a1-\u00a7\u00a9\u00ab\u00ac\u00ae\u00b0\u00b1\u00b6\u00b7\u00bb\u00bf-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u201c\u201d\u2026\u20ac]*$/;

const evenly = (text: string): string => text.replace(apostrophes, "'").normalize('NFKC').replace(dashes, '-');

/** Without what cannot be seen; one kind of space, apostrophe, dash, digit and letter: full width, styled and joined ones are plain. */
export const evenText = (text: string): string => (evenAlready.test(text) ? text : evenly(seenText(text)));

export interface EvenPlaces {
  readonly even: string;
  /** From a stretch of it to the stretch of the text that it stands for. UTF-16 units, end exclusive. */
  stretch(start: number, end: number): { readonly start: number; readonly end: number };
}

/** Letters with their marks: together they may be one character. */
const letters = /\P{M}\p{M}*|\p{M}+/gu;

/** The same letter by letter, so that a place in it is a place in the text. */
export function evenPlaces(text: string): EvenPlaces {
  if (evenAlready.test(text)) return { even: text, stretch: (start, end) => ({ start, end }) };
  const { seen, places } = seenPlaces(text);
  const from: number[] = [];
  const to: number[] = [];
  let even = '';
  let at = 0;
  for (const [character] of seen.matchAll(letters)) {
    const written = evenly(character);
    const end = (places[at + character.length - 1] ?? 0) + 1;
    for (let unit = 0; unit < written.length; unit += 1) {
      from.push(places[at] ?? 0);
      to.push(end);
    }
    even += written;
    at += character.length;
  }
  return {
    even,
    stretch: (start, end) => ({ start: from[start] ?? text.length, end: to[end - 1] ?? text.length }),
  };
}

/** Letters that Unicode takes apart into nothing plainer, as people without them on the keyboard write them. */
const plainer = new Map(
  Object.entries({
    ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ŧ: 't', ħ: 'h', ĸ: 'k', ŋ: 'n' },
    ...{
      ə: 'e',
      ƒ: 'f',
      ƀ: 'b',
      ɓ: 'b',
      ɖ: 'd',
      ɗ: 'd',
      ƙ: 'k',
      ƴ: 'y',
      ɛ: 'e',
      ɔ: 'o',
      ɨ: 'i',
      ʉ: 'u',
      ƶ: 'z',
      ȷ: 'j',
    },
    ...{ ƚ: 'l', ɫ: 'l', ǥ: 'g', ɍ: 'r', ɇ: 'e', ƈ: 'c', ȼ: 'c', ɲ: 'n', ƞ: 'n', ƥ: 'p', ƭ: 't', ʋ: 'v', ʼ: "'" },
    // Cyrillic and Greek ones that look like Latin ones, as capitals or small: a name of them is a disguise of another.
    ...{ а: 'a', в: 'b', е: 'e', і: 'i', ј: 'j', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', ѕ: 's', т: 't' },
    ...{ у: 'y', х: 'x', һ: 'h', ԁ: 'd', ԛ: 'q', ԝ: 'w', ӏ: 'l', α: 'a', β: 'b', ε: 'e', ζ: 'z', η: 'h', ι: 'i' },
    ...{ κ: 'k', μ: 'm', ν: 'n', ο: 'o', ρ: 'p', τ: 't', υ: 'y', χ: 'x' },
  }),
);
const toPlainer = new RegExp(`[${[...plainer.keys()].join('')}]`, 'gu');
const isPlain = /^[ -@[-~\n]*$/;

/** As words are compared: small letters without accents. In no language, so that all replicas agree. */
export function foldText(text: string): string {
  if (isPlain.test(text)) return text.replaceAll('`', "'");
  return evenText(text)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(toPlainer, (letter) => plainer.get(letter) ?? letter);
}

/** How a name looks: whoever has the same is taken for the same, however it is spaced, spelt or put in capitals. */
export const lookOf = (name: string): string => foldText(name).replace(/[^\p{L}\p{N}]+/gu, '') || seenText(name).trim();
