import { toBase64url } from '#shared/crypto/encoding.ts';
import type { Digest, Position } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing } from './seen.ts';
import { emptyRosterHead } from './tree/leaf.ts';

/** A unit's log as far as it was read and verified. Of JSON values, to be kept. */
export interface LogState {
  /** Entries: the position of the last. */
  readonly size: Position;
  /** Of the tree of that size. */
  readonly root: Digest;
  /** When the endpoint took in the last entry: milliseconds since 1970. */
  readonly arrivedAt: number;
  /** As the last entry's leaf has it. */
  readonly rosterHead: Digest;
  /** What an entry that is written now says to have seen: the last checkpoint of this log that is known. */
  readonly checkpoint: Seen;
}

export const emptyLog: LogState = {
  ...seenNothing,
  arrivedAt: 0,
  rosterHead: toBase64url(emptyRosterHead) as Digest,
  checkpoint: seenNothing,
};
