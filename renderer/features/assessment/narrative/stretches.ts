import { disguisePlaces, visibleText } from '#renderer/ui/visible-text.ts';

/*
 * From a place in the document to an offset in the narrative. Each run carries where it begins and ends; a run that is
 * not literal stands for one character that is shown as its code.
 */
const numberOf = (element: HTMLElement, name: 'start' | 'end'): number => Number(element.dataset[name]);

function inRun(run: HTMLElement, offset: number): number {
  if (run.dataset.literal === 'true') return Math.min(numberOf(run, 'start') + offset, numberOf(run, 'end'));
  return offset > 0 ? numberOf(run, 'end') : numberOf(run, 'start');
}

const runsOf = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-start]')];

function offsetOf(root: HTMLElement, node: Node, offset: number): number {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  const run = element?.closest<HTMLElement>('[data-start]');
  if (run && node instanceof Text) return inRun(run, offset);
  if (run) return offset > 0 ? numberOf(run, 'end') : numberOf(run, 'start');
  // Between runs: where the next one begins, else the end of the last.
  const runs = runsOf(root);
  const next = runs.find((each) => root.childNodes[offset] === each);
  const last = runs.at(-1);
  return next ? numberOf(next, 'start') : last && offset > 0 ? numberOf(last, 'end') : 0;
}

/** What is selected in it, in offsets of the narrative; null when the selection is elsewhere. */
export function selectedIn(root: HTMLElement): { readonly start: number; readonly end: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!(root.contains(startContainer) && root.contains(endContainer))) return null;
  return { start: offsetOf(root, startContainer, startOffset), end: offsetOf(root, endContainer, endOffset) };
}

/** Puts the caret before the character at an offset of the narrative. */
export function placeCaret(root: HTMLElement, offset: number): void {
  const run = runsOf(root).find((each) => numberOf(each, 'end') > offset);
  const text = run?.firstChild;
  if (!(run && text)) return;
  document.getSelection()?.collapse(text, run.dataset.literal === 'true' ? offset - numberOf(run, 'start') : 0);
}

/** A highlighted stretch: an item by its number, or the one that is being made. Offsets in UTF-16 units, end exclusive. */
export interface Stretch {
  readonly number: number | null;
  readonly start: number;
  readonly end: number;
}

/** A run of the narrative that is highlighted the same throughout. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** What is shown of it: the text itself, or what stands for a character that could disguise it. */
  readonly shown: string;
  readonly literal: boolean;
  readonly within: readonly Stretch[];
}

/** The narrative in runs, cut where a highlight begins or ends and around what is not shown as it is. */
export function toSegments(text: string, stretches: readonly Stretch[]): readonly Segment[] {
  const disguised = new Set(disguisePlaces(text));
  const cuts = new Set([0, text.length]);
  for (const { start, end } of stretches) cuts.add(start).add(end);
  for (const place of disguised) cuts.add(place).add(place + 1);
  const places = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((one, other) => one - other);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const within = stretches.filter((stretch) => stretch.start <= start && end <= stretch.end);
    return { start, end, shown: visibleText(text.slice(start, end)), literal: !disguised.has(start), within };
  });
}

/** A selection without the blanks at its ends; null when nothing remains. */
export function trimSelection(text: string, start: number, end: number): { start: number; end: number } | null {
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = end - (chosen.length - chosen.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
