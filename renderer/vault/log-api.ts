import type { EventType } from '#shared/domain/registry/registry.ts';
import type { MemberId, Position, StreamId } from '#shared/kernel/ids.ts';

/** What the vault tells of the log entry by entry. Of one that this member cannot read: that it is there, and when it came. */

/** Null: all. `day` is a calendar day in London, `2026-11-21`, on which an entry came into the log. */
export interface LogFilter {
  readonly member: MemberId | null;
  readonly kind: EventType | null;
  readonly reference: string | null;
  readonly day: string | null;
}

export interface LogQuery {
  readonly filter: LogFilter;
  /** What stands before this position; null: from the newest on, those that wait to be sent first. */
  readonly before: Position | null;
  readonly limit: number;
}

/**
 * Why it is not known here what an entry says. `sealed`: it is for others, or its key is not here. `void`: it counts for nothing,
 * so it was not opened. `faulty`: it does not verify, and stands among the warnings.
 */
export type Unread = 'sealed' | 'withdrawn' | 'newer' | 'void' | 'faulty';

export interface LogLine {
  /** Null while it waits to be confirmed by the endpoint. */
  readonly position: Position | null;
  /** When the endpoint took it in: milliseconds since 1970. */
  readonly arrivedAt: number | null;
  /** When it was done, by its author's clock. */
  readonly at: string | null;
  /** Null where it is not told: of what cannot be read. */
  readonly by: { readonly member: MemberId } | 'endpoint' | 'recovery' | null;
  readonly what: /** @property counts false for an act on the roster that its rule refused */
  { readonly type: EventType; readonly counts: boolean } | { readonly unread: Unread };
  readonly case: { readonly id: StreamId; readonly reference: string } | null;
}

export interface LogPage {
  /** The newest first. */
  readonly lines: readonly LogLine[];
  /** Where to go on; null at the beginning of the log. A page may hold fewer than asked for: so much was looked through. */
  readonly next: Position | null;
  /** When the entry at `next` came. */
  readonly lookedBackTo: number | null;
}

/** What the log tells of a member. */
export interface MemberHistory {
  /** Who signed their admission; empty for the founder. */
  readonly admittedBy: readonly MemberId[];
  /** When they last opened the vault, on any of their devices, by that device's clock; null where it is not known. */
  readonly lastUnlock: string | null;
}

export interface MemberHistories {
  readonly of: Readonly<Record<MemberId, MemberHistory>>;
  /** What came before this instant was not looked through for unlocks; null where all was. Milliseconds since 1970. */
  readonly since: number | null;
}
