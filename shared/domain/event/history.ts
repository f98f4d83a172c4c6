import { type Knew, knewAll, knewOf, type Signed } from './signed.ts';

/**
 * All that was ever recorded of one step, in the order of the log. Only grows: what is in force is derived, so that
 * nothing can be lost by superseding it.
 */
export type Recorded<Data> = Signed & Data;
export type History<Data> = readonly Recorded<Data>[];

/** Whether `later` takes the place of `earlier`, given that its author knew of it. */
type Replaces<Data> = (later: Recorded<Data>, earlier: Recorded<Data>) => boolean;

/**
 * What is in force: each record that nobody superseded with sight of it. None, one, or several that did not know of
 * each other: a conflict, which a person settles by recording the step once more.
 */
export function selectCurrent<Data>(
  history: History<Data>,
  knew: Knew = knewAll,
  replaces: Replaces<Data> = () => true,
): History<Data> {
  const known = history.filter(knew);
  return known.filter(
    (earlier, index) => !known.slice(index + 1).some((later) => knewOf(later, earlier) && replaces(later, earlier)),
  );
}

/** The newest in force; null when nothing was recorded. Where caution matters, look at all of `selectCurrent`. */
export const selectLatest = <Data>(history: History<Data>, knew: Knew = knewAll): Recorded<Data> | null =>
  selectCurrent(history, knew).at(-1) ?? null;

export const isConflict = (history: History<unknown>): boolean => selectCurrent(history).length > 1;
