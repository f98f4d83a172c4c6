import Box from '@mui/material/Box';
import type { SxProps, Theme } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { type QueueRow, rowAt, showRows, useQueue } from '#renderer/state/queue-store.ts';
import { rowHeight } from '#renderer/ui/theme.ts';
import { type ColumnNeeds, columnNeeds, needsStyle, noNeeds } from './column-needs.ts';
import { columns } from './columns.ts';
import { cellClass, foldingStyle } from './folding.ts';
import { QueueHeader } from './queue-header.tsx';
import { QueueLine, rowId } from './queue-line.tsx';
import { useAim } from './use-aim.ts';

/** All rows and cells are styled from here: a style of its own on each of 400 cells would cost a frame when scrolling. */
const gridStyle: SxProps<Theme> = {
  ...foldingStyle,
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  bgcolor: 'background.paper',
  position: 'relative',
  '&:focus-visible': { outline: 'none' },
  '&:focus-visible [aria-selected=true]': { outline: '2px solid var(--focus-ring)', outlineOffset: -2 },
  '& .queue-line': {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    height: rowHeight,
    alignItems: 'center',
    borderBottom: 1,
    borderColor: 'divider',
    cursor: 'default',
    contain: 'strict',
  },
  '& .queue-line:hover': { bgcolor: 'action.hover' },
  '& .queue-line[aria-selected=true]': {
    bgcolor: 'action.selected',
    boxShadow: 'inset 3px 0 0 var(--focus-ring)',
  },
  '& .queue-line > *': { px: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .row-mark': { display: 'inline-flex', alignItems: 'center', gap: '2px', mr: 1, color: 'text.secondary' },
  '& .row-mark svg': { width: 13, height: 13, fill: 'none', stroke: 'currentColor', strokeWidth: 1.3 },
  [`& .queue-line .${cellClass('reference')}`]: { color: 'primary.main', cursor: 'pointer' },
  [`& .queue-line .${cellClass('reference')}:hover`]: { textDecoration: 'underline' },
};

/** To ask for it makes the window work out all styles at once. */
function fontOf(grid: HTMLElement): string {
  // The shorthand is empty where figures are tabular.
  const { fontSize, fontFamily } = getComputedStyle(grid);
  return `${fontSize} ${fontFamily}`;
}

type Pages = ReturnType<typeof useQueue.getState>['pages'];

/** What the columns need for all rows that were here since the queue was gone to. Each page is measured once, as it comes. */
function useColumnNeeds(pages: Pages, gridRef: RefObject<HTMLDivElement | null>): ColumnNeeds {
  const [needs, setNeeds] = useState(noNeeds);
  const measured = useRef(new WeakSet<readonly QueueRow[]>());
  const font = useRef<string | null>(null);
  useLayoutEffect(() => {
    const grid = gridRef.current;
    const unmeasured = [...pages.values()].filter((rows) => !measured.current.has(rows));
    if (!grid || unmeasured.length === 0) return;
    font.current ??= fontOf(grid);
    const { current } = font;
    for (const rows of unmeasured) measured.current.add(rows);
    setNeeds((before) => columnNeeds(unmeasured.flat(), current, before));
  }, [pages, gridRef]);
  return needs;
}

/**
 * Only the rows on screen are in the document. The grid keeps the focus and names its active row, because a row that
 * scrolls away leaves the document and would take the focus with it.
 */
export function QueueGrid({ gridRef }: { readonly gridRef: RefObject<HTMLDivElement | null> }) {
  const matching = useQueue((state) => state.matching) ?? 0;
  const activeIndex = useQueue((state) => state.activeIndex);
  // Rows are read by index: a new set of pages must draw them again.
  const pages = useQueue((state) => state.pages);
  const needs = useColumnNeeds(pages, gridRef);
  const rows = useVirtualizer({
    count: matching,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The header stays on top of the rows.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    useFlushSync: false,
  });
  useAim(gridRef);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => void showRows(first, last), [first, last]);
  const toTop = useEffectEvent(() => rows.scrollToOffset(0));
  useEffect(
    () =>
      useQueue.subscribe(({ query }, before) => {
        if (query !== before.query) toTop();
      }),
    [],
  );
  // Only when the active row changes, and not when rows arrive: whoever scrolled away with the mouse stays there.
  const bringIntoView = useEffectEvent((index: number) => {
    if (matching > 0) rows.scrollToIndex(index, { align: 'auto' });
  });
  useEffect(() => bringIntoView(activeIndex), [activeIndex]);
  // Scrolled away with the mouse, the active row is not in the document, and must not be named.
  const activeIsHere = activeIndex >= first && activeIndex <= last && items.length > 0;
  return (
    <Box
      ref={gridRef}
      role="grid"
      aria-label="Queue"
      aria-rowcount={matching + 1}
      aria-colcount={columns.length}
      aria-activedescendant={activeIsHere ? rowId(activeIndex) : undefined}
      tabIndex={0}
      sx={gridStyle}
      style={needsStyle(needs)}
    >
      <QueueHeader />
      <Box role="rowgroup" sx={{ position: 'relative', height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <QueueLine
            key={index}
            index={index}
            start={start - rowHeight}
            active={index === activeIndex}
            row={rowAt(index)}
          />
        ))}
      </Box>
    </Box>
  );
}
