import { foldText } from '#shared/kernel/folded-text.ts';
import { isTitle } from './match-ranks.ts';

/** A name as it is compared: lower case letters only. Empty where it is not known. */
export interface ParsedName {
  /** First name, or one letter where only an initial is given. */
  readonly given: string;
  /** The surname as one word, then each part of a double one: thackeraylowe, thackeray, lowe. */
  readonly surnames: readonly string[];
}

export const plain = (text: string): string => foldText(text).replaceAll("'", '');

const nobody: ParsedName = { given: '', surnames: [] };
const unknown = /^(unknown|unnamed|not known|not named|no name|n ?k|nk|anonymous|n\/k)$/;
/** Belong to the word that follows: Mc Andie, van der Berg. */
const particles = new Set(['mc', 'mac', 'o', 'de', 'del', 'la', 'le', 'van', 'von', 'der', 'den', 'al', 'el', 'st']);

function joinParticles(words: readonly string[]): string[] {
  const joined: string[] = [];
  let before = '';
  for (const [index, word] of words.entries()) {
    // The first word is a first name or an initial, unless it is all there is before the surname.
    if (particles.has(word) && index < words.length - 1 && (index > 0 || word.length > 1)) before += word;
    else {
      joined.push(before + word);
      before = '';
    }
  }
  return joined;
}

/** Title, rank and number before the name are left out; "Postlethwaite, Melissa" is turned round. */
export function parseName(written: string): ParsedName {
  const text = plain(written).trim();
  if (text === '' || unknown.test(text)) return nobody;
  const [front = '', behind = ''] = text.split(',');
  const words = `${behind} ${front}`
    .replace(/["“(][^"”)]*["”)]/g, ' ')
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word !== '' && !/\d/.test(word));
  while (words.length > 1 && isTitle(words[0] ?? '')) words.shift();
  const names = joinParticles(words);
  const last = names.at(-1);
  if (!last) return nobody;
  const parts = last.split('-').filter((part) => part.length > 2);
  const surname = last.replaceAll('-', '');
  const given = names.length > 1 ? (names[0] ?? '').split('-')[0] : '';
  return { given: given ?? '', surnames: parts.length > 1 ? [surname, ...parts] : [surname] };
}
