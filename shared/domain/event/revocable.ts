import type { EntryId } from '#shared/kernel/ids.ts';
import type { History } from './history.ts';
import type { Knew, Signed } from './signed.ts';

/** Withdrawn, unlinked or restored: empty while it stands. More than once when two did so without sight of each other. */
export interface Revocable {
  readonly takenBack: History<{ readonly why: string }>;
}
export const stands = ({ takenBack }: Revocable): boolean => takenBack.length === 0;

/** The one that an entry recorded, unless the author knew that it was taken back. */
export const findKnown = <Each extends Revocable & Pick<Signed, 'entry'>>(
  list: readonly Each[],
  entry: string,
  knew: Knew,
): Each | null => list.find((each) => each.entry === entry && !each.takenBack.some(knew)) ?? null;

/** A list with the one that an entry recorded changed. */
export const changeIn = <Each extends Pick<Signed, 'entry'>>(
  list: readonly Each[],
  entry: EntryId,
  change: (each: Each) => Each,
): readonly Each[] => list.map((each) => (each.entry === entry ? change(each) : each));

/** A list with the one that an entry recorded taken back. */
export const takeBackIn = <Each extends Revocable & Pick<Signed, 'entry'>>(
  list: readonly Each[],
  entry: EntryId,
  why: string,
  signed: Signed,
): readonly Each[] =>
  changeIn(list, entry, (each) => ({ ...each, takenBack: [...each.takenBack, { why, ...signed }] }));
