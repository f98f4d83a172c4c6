import { type RefObject, useEffect } from 'react';
import { aimAtRows } from '#renderer/state/queue-store.ts';

/** How long after a key among the rows the next one is waited for (ms). */
const pause = 2000;

/**
 * Tells when somebody aims at a row: as long as the pointer is over the rows, and for a moment after each key among them. Whoever
 * scrolls is not aiming yet.
 */
export function useAim(grid: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const rows = grid.current;
    if (!rows) return;
    const ended = new AbortController();
    const { signal } = ended;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => aimAtRows(isOver);
    const over = (isIn: boolean) => {
      isOver = isIn;
      clearTimeout(timer);
      settle();
    };
    const wait = () => {
      clearTimeout(timer);
      aimAtRows(true);
      timer = setTimeout(settle, pause);
    };
    rows.addEventListener('pointermove', () => isOver || over(true), { signal });
    rows.addEventListener('pointerleave', () => over(false), { signal });
    rows.addEventListener('wheel', () => over(false), { signal, passive: true });
    rows.addEventListener('keydown', wait, { signal });
    return () => {
      ended.abort();
      clearTimeout(timer);
      aimAtRows(false);
    };
  }, [grid]);
}
