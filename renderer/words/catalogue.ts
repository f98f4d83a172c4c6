import type { Params } from '#shared/kernel/refusal.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** The words for a code. Plain text, or made of what the code came with. */
export type Words = string | ((params: Params) => string);
export type Catalogue<Code extends string> = Readonly<Record<Code, Words>>;

/** What a code came with may be somebody's words: they are made visible once they are part of the sentence. */
export const wordsOf = (words: Words, params: Params): string =>
  typeof words === 'string' ? words : visibleText(words(params));

/** "1 mark is", "3 marks are". */
export const counted = (count: unknown, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`;
