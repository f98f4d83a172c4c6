/*
 * Test narratives with their clues marked by hand: `<telephone>07700 900123</telephone>`. `subject` marks what is said of the
 * subject and must not be taken for the reporter's. The others are in `clueKinds`.
 */

export interface Clue {
  readonly kind: string;
  /** UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

const tag = /<(\w+)>([^<]*)<\/\w+>/gu;

/** The text as the contact centre would send it, and where its clues are. */
export function parseMarked(marked: string): { readonly text: string; readonly clues: readonly Clue[] } {
  const clues: Clue[] = [];
  let text = '';
  let end = 0;
  for (const { 0: whole, 1: kind = '', 2: words = '', index } of marked.matchAll(tag)) {
    text += marked.slice(end, index);
    clues.push({ kind, start: text.length, end: text.length + words.length });
    text += words;
    end = index + whole.length;
  }
  return { text: text + marked.slice(end), clues };
}
