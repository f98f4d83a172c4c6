// Characters that turn the direction of writing, or have no width: with them "tpj.exe" can read "exe.jpg".
const disguises = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text of unknown origin, with what could disguise it written out as its code point. */
export const visibleText = (text: string): string =>
  text.replace(disguises, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

const isDisguise = (character: string): boolean => character.search(disguises) === 0;
/** How long "[U+200B]" is, whichever it is. */
const codeLength = 8;
const shownLength = (character: string): number => (isDisguise(character) ? codeLength : 1);

/** How far into a text one has come who is so far into what `visibleText` shows of it: a character that is begun is passed. */
export function placeInText(text: string, shown: number): number {
  let at = 0;
  for (let reached = 0; at < text.length && reached < shown; at += 1) reached += shownLength(text.charAt(at));
  return at;
}

/** The other way round. */
export const placeInShown = (text: string, at: number): number => visibleText(text.slice(0, at)).length;

/** "1.2 MB", "340 KB", "12 bytes". */
export function fileSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} bytes`;
}

const grouped = new Intl.NumberFormat('en-GB');
/** "50,000". */
export const count = (value: number): string => grouped.format(value);
/** "1 entry", "2 entries". */
export const counted = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;
