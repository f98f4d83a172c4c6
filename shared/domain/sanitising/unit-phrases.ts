import { evenText } from '#shared/kernel/folded-text.ts';
import { isWordPart } from './word-part.ts';

/*
 * The words that a unit adds to the reporter-exposure check by its policy. They are looked for as they are: nothing that a
 * person writes there is a pattern, so none can hold up whoever sanitises, or every replica.
 */

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Lower case where that has the same length, so that places in it are places in the text. */
function lowered(text: string): string {
  const whole = text.toLowerCase();
  if (whole.length === text.length) return whole;
  return Array.from(text, (each) => (each.toLowerCase().length === each.length ? each.toLowerCase() : each)).join('');
}

/** A text in which every stretch of white space is one space, and where each unit of it stands in the original. */
function collapsed(text: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let short = '';
  let end = 0;
  for (const { index, 0: space } of text.matchAll(/\s+/gu)) {
    for (let each = end; each <= index; each += 1) at.push(each);
    short += `${text.slice(end, index)} `;
    end = index + space.length;
  }
  for (let each = end; each <= text.length; each += 1) at.push(each);
  return { text: short + text.slice(end), at };
}

/** Whether a word of the text goes on across a place. */
const isWithinWord = (text: string, at: number): boolean => isWordPart(text[at - 1]) && isWordPart(text[at]);

/** Each place in an even text (folded-text.ts) at which one of the phrases stands, as whole words. UTF-16 units, end exclusive. */
export function findPhrases(text: string, phrases: readonly string[]): readonly Found[] {
  if (phrases.length === 0) return [];
  const { text: within, at } = collapsed(lowered(text));
  return phrases.flatMap((phrase) => {
    const wanted = collapsed(lowered(evenText(phrase))).text.trim();
    const found: Found[] = [];
    for (let start = within.indexOf(wanted); wanted && start >= 0; start = within.indexOf(wanted, start + 1)) {
      const end = start + wanted.length;
      if (isWithinWord(within, start) || isWithinWord(within, end)) continue;
      found.push({ start: at[start] ?? 0, end: (at[end - 1] ?? 0) + 1 });
    }
    return found;
  });
}
