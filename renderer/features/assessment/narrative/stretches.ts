import { placeInShown, placeInText } from '#shared/kernel/visible-text.ts';

/*
 * From a place in the document to an offset in the narrative. Each run carries where it begins and ends in it; what is shown of it
 * may be longer, where characters are shown as their codes.
 */
const numberOf = (element: HTMLElement, name: 'start' | 'end'): number => Number(element.dataset[name]);

const textOf = (run: HTMLElement, text: string): string => text.slice(numberOf(run, 'start'), numberOf(run, 'end'));

const runsOf = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-start]')];

function offsetOf(root: HTMLElement, text: string, node: Node, offset: number): number {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  const run = element?.closest<HTMLElement>('[data-start]');
  if (run && node instanceof Text) return numberOf(run, 'start') + placeInText(textOf(run, text), offset);
  if (run) return offset > 0 ? numberOf(run, 'end') : numberOf(run, 'start');
  // Between runs: where the next one begins, else the end of the last.
  const here = document.createRange();
  here.setStart(node, offset);
  const runs = runsOf(root);
  const next = runs.find((each) => here.comparePoint(each, 0) >= 0);
  const last = runs.at(-1);
  return next ? numberOf(next, 'start') : last ? numberOf(last, 'end') : 0;
}

/** What is selected in it, in offsets of the narrative; null when the selection is elsewhere. */
export function selectedIn(root: HTMLElement, text: string): { readonly start: number; readonly end: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!(root.contains(startContainer) && root.contains(endContainer))) return null;
  const start = offsetOf(root, text, startContainer, startOffset);
  return { start, end: offsetOf(root, text, endContainer, endOffset) };
}

/** Puts the caret before the character at an offset of the narrative. */
export function placeCaret(root: HTMLElement, text: string, offset: number): void {
  const run = runsOf(root).find((each) => numberOf(each, 'end') > offset);
  const node = run?.firstChild;
  if (!(run && node)) return;
  document.getSelection()?.collapse(node, placeInShown(textOf(run, text), offset - numberOf(run, 'start')));
}

/** A highlighted stretch: an item by its number, or the one that is being made. Offsets in UTF-16 units, end exclusive. */
export interface Stretch {
  readonly number: number | null;
  readonly start: number;
  readonly end: number;
}

/** A selection without the blanks at its ends; null when nothing remains. */
export function trimSelection(text: string, start: number, end: number): { start: number; end: number } | null {
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = end - (chosen.length - chosen.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
