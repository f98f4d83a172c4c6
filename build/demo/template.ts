import type { Choices, Random } from './random.ts';

/** One sentence to a line: a long table of prose is easiest to read, and to correct, as prose. */
export const lines = (text: string): Choices<string> =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Tables of sentences with an empty line between one and the next: one sentence of each is used, in this order. */
export const stages = (text: string): readonly Choices<string>[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(lines);

const alternatives = /\[([^[\]]*)\]/;
const slot = /\{([A-Za-z]+\d?)\}/g;

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Fills in a sentence: `[this|that]` becomes one of the two, `{name}` what `wordsFor` says, `{Name}` the same with a
 * capital. The alternatives come first, so that a slot which was not chosen is never asked for.
 */
export function fillIn(template: string, random: Random, wordsFor: (name: string) => string): string {
  let text = template;
  for (let found = alternatives.exec(text); found; found = alternatives.exec(text)) {
    const choice = random.pick((found[1] ?? '').split('|'));
    text = text.slice(0, found.index) + choice + text.slice(found.index + found[0].length);
  }
  const filled = text.replace(slot, (_, name: string) => {
    const value = wordsFor(name.charAt(0).toLowerCase() + name.slice(1));
    return /^[A-Z]/.test(name) ? capitalise(value) : value;
  });
  return capitalise(
    filled
      .replace(/ {2,}/g, ' ')
      .replace(/,? ?([,.])/g, '$1')
      .trim(),
  );
}
