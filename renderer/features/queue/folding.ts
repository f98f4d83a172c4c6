import { columns } from './columns.ts';

/** Narrower still, the grid scrolls sideways by itself: the page never does. Pixels. */
const narrowest = 500;

interface Style {
  readonly [selector: string]: string | number | Style;
}

/** Class of every cell of a column. */
export const cellClass = (id: string): string => `column-${id}`;

/** Class of what a cell says for a column that is folded away, in the cell of another. */
export const folded = (id: string): string => `folded-${id}`;

const isShown = (width: number) => (column: (typeof columns)[number]) => (column.foldsBelow ?? 0) <= width;
const tracks = (width: number): string =>
  columns
    .filter(isShown(width))
    .map((column) => column.width)
    .join(' ');

const lines = '& .queue-line, & .queue-head';
const folds = [...new Set(columns.flatMap(({ foldsBelow }) => foldsBelow ?? []))].sort((one, other) => other - one);

/** By the width of the queue itself, not of the window: what is enlarged is narrow too. Widest first, as later rules win. */
const foldsAt = (width: number): [query: string, style: Style] => [
  `@container (max-width: ${width - 1}px)`,
  {
    [lines]: { gridTemplateColumns: tracks(width - 1) },
    ...Object.fromEntries(
      columns
        .filter(({ foldsBelow }) => foldsBelow === width)
        .flatMap(({ id }) => [
          [`& .${cellClass(id)}`, { display: 'none' }],
          [`& .${folded(id)}`, { display: 'inline' }],
        ]),
    ),
  },
];

/** For the box that the rows scroll in. */
export const foldingStyle: Style = {
  containerType: 'inline-size',
  '& [class^=folded-]': { display: 'none' },
  [lines]: { display: 'grid', gridTemplateColumns: tracks(Number.POSITIVE_INFINITY), minWidth: narrowest },
  ...Object.fromEntries(folds.map(foldsAt)),
};
