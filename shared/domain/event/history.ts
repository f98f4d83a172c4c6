import type { EntryId } from '#shared/kernel/ids.ts';
import { type Knew, knewAll, type Signed } from './signed.ts';

/**
 * All that was ever recorded of one step, in the order of the log. Only grows: what is in force is derived, so that
 * nothing can be lost by superseding it.
 */
export type Recorded<Data> = Signed & Data;
export type History<Data> = readonly Recorded<Data>[];

/**
 * What is in force: each record that no later one leads to by the entries that it names, directly or over others. None, one,
 * or several of which none leads to another: a conflict, which a person settles by recording the step once more. A name
 * counts only for what stands before it in the same history, so what is unknown, later or elsewhere is never replaced by it.
 */
export function selectCurrent<Data>(history: History<Data>, knew: Knew = knewAll): History<Data> {
  const replaced = new Set<EntryId>();
  const current: Recorded<Data>[] = [];
  // From the newest back: by the time that a record is reached, all that could replace it was.
  for (const record of history.toReversed()) {
    const isReplaced = replaced.has(record.entry);
    const isKnown = knew(record);
    if (isKnown && !isReplaced) current.push(record);
    if (isKnown || isReplaced) for (const name of record.replaces ?? []) replaced.add(name);
  }
  return current.reverse();
}

/** The newest in force; null when nothing was recorded. Where caution matters, look at all of `selectCurrent`. */
export const selectLatest = <Data>(history: History<Data>, knew: Knew = knewAll): Recorded<Data> | null =>
  selectCurrent(history, knew).at(-1) ?? null;

export const isConflict = (history: History<unknown>): boolean => selectCurrent(history).length > 1;

/** How many entries one event may name. What is not named of more stands, and can be settled by recording once more. */
export const mostReplaced = 64;

/**
 * The entries that a new record of this history replaces.
 * @param shown what its author saw standing, where the screen tells; else all that is in force
 */
export const selectReplaced = (history: History<unknown>, shown?: readonly EntryId[]): readonly EntryId[] =>
  (shown ? history.filter(({ entry }) => shown.includes(entry)) : selectCurrent(history))
    .map(({ entry }) => entry)
    .slice(-mostReplaced);
