import type { EntryId, MemberId, Position } from '#shared/kernel/ids.ts';

/** Who signed, and where the entry stands. `position` is null while the entry waits to be confirmed by the endpoint. */
export interface Signed {
  readonly entry: EntryId;
  readonly at: string;
  /** The member who signed; null for the endpoint. */
  readonly by: MemberId | null;
  readonly position: Position | null;
  /** Log position that the author had applied when signing. */
  readonly seen: Position;
}

/** Whether the author of `later` knew of `earlier`: it was confirmed by then, or they wrote it themselves before. */
export const knewOf = (later: Signed, earlier: Signed): boolean =>
  earlier.by === later.by || (earlier.position !== null && earlier.position <= later.seen);

/** What the author of an entry knew. At the desk: everything that stands in the state. */
export type Knew = (earlier: Signed) => boolean;
export const knewAll: Knew = () => true;
