/** Lower case, without accents: how quick search compares. */
const normalise = (text: string): string => text.toLocaleLowerCase('en-GB').normalize('NFKD').replace(/\p{M}/gu, '');

/** Words in order, one space before each, so that "begins a word" is one substring test. */
export const searchText = (text: string): string =>
  ` ${normalise(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()}`;

/** What each word of a question must be found as. */
export const searchWords = (text: string): readonly string[] =>
  searchText(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ` ${word}`);
