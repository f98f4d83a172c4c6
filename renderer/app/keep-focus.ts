/*
 * Where what had the focus is taken out of the document, the browser gives the focus to nobody, and the next keys go nowhere. It
 * goes to what stands in the place instead.
 */

const focusable =
  'button, a[href], input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';

const isShown = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true });

/** Within the screen: where the screen itself is another, that one says where the focus goes. */
function ancestorsOf({ parentElement }: Element): readonly Element[] {
  if (!parentElement?.closest('main') || parentElement.tagName === 'MAIN') return [];
  return [parentElement, ...ancestorsOf(parentElement)];
}

/** In what is left around the place: what followed it there, else what is last. */
function successor(around: Element, place: number): HTMLElement | null {
  const found = [...around.querySelectorAll<HTMLElement>(focusable)].filter(isShown);
  return found[place] ?? found.at(-1) ?? null;
}

/** @returns what ends it */
export function keepFocus(document: Document): () => void {
  let last: Element | null = null;
  /** What was around it, the nearest first, and how many controls stood before it in each. */
  let around: readonly (readonly [Element, number])[] = [];
  const note = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    last = target;
    around = ancestorsOf(target).map((each) => [each, [...each.querySelectorAll(focusable)].indexOf(target)]);
  };
  const observer = new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const found = around.find(([each]) => each.isConnected);
    last = null;
    if (found) successor(found[0], Math.max(0, found[1]))?.focus();
  });
  document.addEventListener('focusin', note);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', note);
    observer.disconnect();
  };
}
