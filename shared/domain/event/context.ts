import type { MemberId, Position } from '#shared/kernel/ids.ts';
import type { Policy, Role } from '../policy/policy.ts';
import type { MaybeRoster } from '../unit/roster.ts';
import type { RanksHeld } from '../unit/unit-record.ts';
import { isLater } from './fields.ts';
import type { Knew } from './signed.ts';

/** Who acts, as the unit's log knew them at that point. Null: the endpoint. */
export type Actor = { readonly id: MemberId; readonly role: Role } | null;

/** When something was signed. ISO instants. */
export interface SignedTime {
  /** By the author's clock: a claim. */
  readonly said: string;
  /** Of the newest entry that the author had seen; null where the log does not tell. */
  readonly from: string | null;
  /** When the endpoint took the entry in; null while it waits, and where the log does not tell. */
  readonly until: string | null;
}

/** The instant that a rule reckons with: what the author said where the log does not contradict it, else the log's. */
export function instantOf({ said, from, until }: SignedTime): string {
  const isTooEarly = from !== null && isLater(from, said);
  const isTooLate = until !== null && isLater(said, until);
  return isTooEarly || isTooLate ? (until ?? from ?? said) : said;
}

/**
 * All that a rule may look at. Each replica asks each rule again as it applies an entry, so a rule knows no clock and no
 * draft, and reads nothing that a reader of the stream might not hold.
 */
export interface RuleContext<State> {
  readonly actor: Actor;
  /** Who belonged to the unit at this position. */
  readonly unit: MaybeRoster;
  /** The case as it was before. */
  readonly case: State;
  /** Null while the entry waits to be confirmed. */
  readonly position: Position | null;
  readonly time: SignedTime;
  /** In force at this position. */
  readonly policy: Policy;
  /** Rank or equal grade of each member, at this position. */
  readonly ranks: RanksHeld;
  /** What the author knew. A rule never holds against someone what they could not have seen. */
  readonly knew: Knew;
}
