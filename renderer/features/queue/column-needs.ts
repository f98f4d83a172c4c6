import type { QueueRow } from '#renderer/state/queue-store.ts';
import { ownerOf, statusOf, subjectOf } from './row-words.ts';

/** Columns that take as much room as what stands in them, and what that is. */
const words = { subject: subjectOf, status: statusOf, holder: ownerOf } as const;
type Needy = keyof typeof words;
export type ColumnNeeds = Readonly<Record<Needy, number>>;

export const noNeeds: ColumnNeeds = { subject: 0, status: 0, holder: 0 };
/** Of a cell, and of what rounding takes. Pixels. */
const padding = 18;

const canvas = document.createElement('canvas').getContext('2d');
const widthOf = (text: string): number => canvas?.measureText(text).width ?? 0;

/**
 * How wide each must be for nothing in it to be cut, in these rows or in those before: columns do not move to and fro
 * as one scrolls. Pixels.
 * @param font of the rows, as CSS writes it
 */
export function columnNeeds(rows: Iterable<QueueRow>, font: string, before: ColumnNeeds): ColumnNeeds {
  if (canvas) canvas.font = font;
  const needs = { ...before };
  for (const row of rows) {
    for (const column of Object.keys(words) as Needy[]) {
      needs[column] = Math.max(needs[column], Math.ceil(widthOf(words[column](row))) + padding);
    }
  }
  return (Object.keys(words) as Needy[]).some((column) => needs[column] > before[column]) ? needs : before;
}

/** The custom properties that `columns` asks for. */
export const needsStyle = (needs: ColumnNeeds): Record<string, string> =>
  Object.fromEntries(Object.entries(needs).map(([column, width]) => [`--need-${column}`, `${width}px`]));
