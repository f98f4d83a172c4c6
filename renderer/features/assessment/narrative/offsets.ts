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
