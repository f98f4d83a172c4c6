import type { AuthorKey, EntryId, MemberId, Position } from '#shared/kernel/ids.ts';

/** Who signed, and where the entry stands. `position` is null while the entry waits to be confirmed by the endpoint. */
export interface Signed {
  readonly entry: EntryId;
  readonly at: string;
  /** The member who signed; null for the endpoint. */
  readonly by: MemberId | null;
  /** That it was signed on: a member may have several. The endpoint's key for what it wrote itself. */
  readonly device: AuthorKey;
  readonly position: Position | null;
  /** Log position that the author had applied when signing. */
  readonly seen: Position;
  /** Entries whose value this one replaces, as its author named them; absent where there are none. */
  readonly replaces?: readonly EntryId[] | undefined;
}

/** Where an entry stands, and on which device it was signed. */
type Placed = Pick<Signed, 'device' | 'position'>;

/** In the order of the log. What waits follows all that is confirmed; of two that wait, the later one is the one that asks. */
const isBefore = (earlier: Placed, later: Placed): boolean =>
  later.position === null || (earlier.position !== null && earlier.position < later.position);

/**
 * Whether the author of `later` knew of `earlier`: it lies at or below what they had seen, or was signed before on the same
 * device. Two devices of one member know of each other's entries only by what they have seen, as two members do.
 */
export const knewOf = (later: Placed & Pick<Signed, 'seen'>, earlier: Placed): boolean =>
  (earlier.position !== null && earlier.position <= later.seen) ||
  (earlier.device === later.device && isBefore(earlier, later));

/** What the author of an entry knew. At the desk: everything that stands in the state. */
export type Knew = (earlier: Placed) => boolean;
export const knewAll: Knew = () => true;
