import { memo, useCallback } from 'react';
import { moveTo, type QueueRow } from '#renderer/state/queue-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { RowCells } from './row-cells.tsx';

export const rowId = (index: number) => `queue-row-${index}`;

interface Props {
  readonly index: number;
  readonly start: number;
  readonly active: boolean;
  /** Null while its page is on its way. */
  readonly row: QueueRow | null;
}

/** Drawn again only when it changes: moving by one row draws two. */
export const QueueLine = memo(function QueueLine({ index, start, active, row }: Props) {
  const id = row?.id;
  const open = useCallback(() => {
    if (id) void openCase(id);
  }, [id]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid are in the list of shortcuts
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
    // biome-ignore lint/a11y/useSemanticElements: a table cannot leave out the rows that are not on screen
    <div
      role="row"
      className="queue-line"
      id={rowId(index)}
      aria-rowindex={index + 2}
      aria-selected={active}
      aria-busy={!row}
      onClick={() => moveTo(index)}
      onDoubleClick={open}
      style={{ transform: `translateY(${start}px)` }}
    >
      <RowCells row={row} onOpen={open} />
    </div>
  );
});
