import { type RefObject, useLayoutEffect } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { meantRow } from '#renderer/state/meant-row.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { applyNumberedView } from '#renderer/state/preferences-store.ts';
import {
  activeRow,
  clearFilters,
  isAnswered,
  moveTo,
  type QueueRow,
  showHeld,
  useQueue,
} from '#renderer/state/queue-store.ts';
import { releaseCase, takeCase } from '#renderer/state/recording-store.ts';
import { openCase, useScreen } from '#renderer/state/screen-store.ts';
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

/** Acts on the row that is meant: a key that comes before its answer waits for it, unless one goes elsewhere. */
async function withRow(act: (row: QueueRow) => void): Promise<void> {
  const { arrival, panel } = useScreen.getState();
  const row = await meantRow();
  const now = useScreen.getState();
  if (row && now.arrival === arrival && now.panel === panel) act(row);
}

function unlessBlocked(blocked: string | null, act: () => void): void {
  if (blocked) notify(blocked, 'refusal');
  else act();
}

function useRowActions(): void {
  const row = useQueue(() => (isAnswered() ? activeRow() : null));
  const some = useQueue(({ matching }) => matching !== null && matching > 0);
  const member = useSession((state) => state.session?.member);
  const policy = usePolicy();
  useLayoutEffect(() => {
    if (!some || !member) return;
    const take = (each: QueueRow) =>
      unlessBlocked(whyNotTake(each, member, policy), () => void takeCase(each.id, each.reference));
    const release = (each: QueueRow) =>
      unlessBlocked(whyNotRelease(each, member, policy), () => void releaseCase(each.id, each.reference));
    return offerActions({
      openRow: { run: () => void withRow(({ id }) => void openCase(id)) },
      take: { run: () => void withRow(take), blocked: row && whyNotTake(row, member, policy) },
      release: { run: () => void withRow(release), blocked: row && whyNotRelease(row, member, policy) },
    });
  }, [some, row, member, policy]);
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
        ...Object.fromEntries(viewIds.map((id, index) => [id, { run: () => applyNumberedView(index + 1) }])),
      }),
    [search, filter, views],
  );
}
