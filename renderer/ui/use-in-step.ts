import { type RefObject, useEffect } from 'react';
import { alignPlaces } from './align-places.ts';

/*
 * Two boxes that show a text and what was made of it: scrolling one brings the same passage to the top of the other. The one is an
 * element, the other a text field, whose lines no script can see: they are laid out once more, out of sight.
 */

interface Laid {
  readonly text: string;
  /** How far a place lies below the first line. */
  readonly topOf: (place: number) => number;
}

function lay(element: HTMLElement): Laid {
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length });
    text += node.textContent ?? '';
  }
  const range = document.createRange();
  /** An end of a line is nowhere: what stands before it is. */
  const rectAt = (place: number): number => {
    for (let at = Math.min(place, text.length - 1); at >= 0; at -= 1) {
      const found = nodes.findLast(({ start }) => start <= at);
      if (!found) return 0;
      range.setStart(found.node, at - found.start);
      range.setEnd(found.node, at - found.start + 1);
      const { top, height } = range.getBoundingClientRect();
      if (height > 0) return top;
    }
    return 0;
  };
  const first = rectAt(0);
  return { text, topOf: (place) => rectAt(place) - first };
}

/** The first place that is shown when so much is scrolled away. */
function placeAt({ text, topOf }: Laid, scrolled: number): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(middle) < scrolled - 2) low = middle + 1;
    else high = middle;
  }
  return low;
}

const looks = ['font', 'letterSpacing', 'lineHeight', 'wordBreak', 'tabSize'] as const;

/** What a text field shows, laid out as it shows it, for one look. */
function withField(field: HTMLTextAreaElement, use: (laid: Laid) => number): number {
  const twin = document.createElement('div');
  const look = getComputedStyle(field);
  for (const each of looks) twin.style[each] = look[each];
  const padding = Number.parseFloat(look.paddingLeft) + Number.parseFloat(look.paddingRight);
  Object.assign(twin.style, {
    ...{ position: 'fixed', visibility: 'hidden', top: '0', left: '0', width: `${field.clientWidth - padding}px` },
    ...{ whiteSpace: 'pre-wrap', overflowWrap: 'break-word' },
  });
  twin.textContent = field.value;
  document.body.append(twin);
  const top = use(lay(twin));
  twin.remove();
  return top;
}

const isAtEnd = (box: HTMLElement): boolean => box.scrollTop + box.clientHeight >= box.scrollHeight - 2;

/** @param within holds both: the element with `data-scrolls` and the text field */
export function useInStep(within: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = within.current?.querySelector<HTMLElement>('[data-scrolls]');
    const field = within.current?.querySelector('textarea');
    if (!(element && field)) return;
    // What is scrolled here tells so too, and must not answer.
    const driven = new Map<HTMLElement, number>();
    const follow = (from: HTMLElement, to: HTMLElement, place: () => number) => () => {
      if (driven.get(from) === from.scrollTop) return;
      driven.delete(from);
      if (from.scrollTop <= 0) to.scrollTop = 0;
      else if (isAtEnd(from)) to.scrollTop = to.scrollHeight;
      else to.scrollTop = place();
      driven.set(to, to.scrollTop);
    };
    const toField = follow(element, field, () =>
      withField(field, (laid) => {
        const original = lay(element);
        return laid.topOf(alignPlaces(original.text, laid.text).toOther(placeAt(original, element.scrollTop)));
      }),
    );
    const toElement = follow(field, element, () =>
      withField(field, (laid) => {
        const original = lay(element);
        return original.topOf(alignPlaces(original.text, laid.text).toOne(placeAt(laid, field.scrollTop)));
      }),
    );
    element.addEventListener('scroll', toField);
    field.addEventListener('scroll', toElement);
    return () => {
      element.removeEventListener('scroll', toField);
      field.removeEventListener('scroll', toElement);
    };
  }, [within]);
}
