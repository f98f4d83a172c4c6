// Characters that turn the direction of writing, or have no width: with them "tpj.exe" can read "exe.jpg".
const disguises = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text of unknown origin, with what could disguise it written out as its code point. */
export const visibleText = (text: string): string =>
  text.replace(disguises, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

/** Where such characters stand: offsets of UTF-16 units. */
export const disguisePlaces = (text: string): readonly number[] =>
  [...text.matchAll(disguises)].map(({ index }) => index);

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
