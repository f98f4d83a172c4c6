import { type RefObject, useLayoutEffect } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { applyView } from '#renderer/state/preferences-store.ts';
import { activeRow, clearFilters, moveTo, showHeld, useQueue } from '#renderer/state/queue-store.ts';
import { releaseCase, takeCase } from '#renderer/state/recording-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { useSession, whyNotRelease, whyNotTake } from '#renderer/state/session-store.ts';
import { usePolicy } from '#renderer/state/unit-store.ts';
import { rowHeight } from '#renderer/ui/theme.ts';
import type { ToolbarRefs } from './queue-toolbar.tsx';

type GridRef = RefObject<HTMLDivElement | null>;

const rowsOnScreen = (grid: GridRef): number =>
  Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 2);

const step = (by: number): void => moveTo(useQueue.getState().activeIndex + by);

function useMoving(grid: GridRef): void {
  useLayoutEffect(() => {
    const move = (by: () => number) => ({
      run: () => {
        grid.current?.focus();
        step(by());
      },
    });
    return offerActions({
      nextRow: move(() => 1),
      previousRow: move(() => -1),
      pageDown: move(() => rowsOnScreen(grid)),
      pageUp: move(() => -rowsOnScreen(grid)),
      firstRow: move(() => Number.NEGATIVE_INFINITY),
      lastRow: move(() => Number.POSITIVE_INFINITY),
      back: { run: () => grid.current?.focus() },
    });
  }, [grid]);
}

function useRowActions(): void {
  const row = useQueue(activeRow);
  const member = useSession((state) => state.session?.member);
  const policy = usePolicy();
  useLayoutEffect(() => {
    if (!row || !member) return;
    return offerActions({
      openRow: { run: () => void openCase(row.id) },
      take: { run: () => void takeCase(row.id, row.reference), blocked: whyNotTake(row, member, policy) },
      release: { run: () => void releaseCase(row.id, row.reference), blocked: whyNotRelease(row, member, policy) },
    });
  }, [row, member, policy]);
}

const viewIds = ['view1', 'view2', 'view3', 'view4', 'view5', 'view6', 'view7', 'view8', 'view9'] as const;

/** What the keys do while the queue is on screen. */
export function useQueueActions(grid: GridRef, { search, filter, views }: ToolbarRefs): void {
  useMoving(grid);
  useRowActions();
  useLayoutEffect(
    () =>
      offerActions({
        search: {
          run: () => {
            search.current?.focus();
            search.current?.select();
          },
        },
        filter: { run: () => filter.current?.click() },
        views: { run: () => views.current?.click() },
        clearFilters: { run: clearFilters },
        showHeld: { run: showHeld },
        ...Object.fromEntries(viewIds.map((id, index) => [id, { run: () => applyView(index + 1) }])),
      }),
    [search, filter, views],
  );
}
