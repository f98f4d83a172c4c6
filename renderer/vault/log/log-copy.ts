import type { RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { emptyRecord, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { Digest, EventId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { HeldKey } from '../keys/held-keys.ts';
import { noReadership, type Readership } from '../keys/readership.ts';
import { emptyLedger, type Ledger, type OwnTips } from './ledger.ts';
import { emptyView, type View } from './view.ts';

/** What a waiting entry holds, and the key that it is under. */
export interface OpenedEntry {
  readonly event: DomainEvent;
  readonly eventId: EventId;
  /** Null for an act on the roster, which is in the clear. */
  readonly key: HeldKey | null;
  /** Of an act on the roster. */
  readonly step: RosterStep | null;
}

/** An own entry that is durable here and not yet confirmed by the endpoint. */
export interface PendingEntry {
  readonly hash: Digest;
  /** Key of its row in the outbox: 1, 2, 3 ... in order of writing. */
  readonly row: number;
  readonly entry: Entry;
  readonly opened: OpenedEntry;
}

/** The unit's log as it is stored on this workstation, and what waits to join it. Only `log/` changes it. */
export interface LogCopy {
  ledger: Ledger;
  /** What this member can read of it. */
  view: View;
  /** Under which keys that lies. */
  readership: Readership;
  /** Own entries to send, in order. */
  outbox: readonly PendingEntry[];
  /** Key of the last row of the outbox, damaged ones included: what is written next does not replace them. */
  outboxEnd: number;
  /** Hash of the last entry of each author who wrote here. */
  ownTips: OwnTips;
  /** Own pending entries no longer fit the confirmed log, and must be signed again on it. */
  mustRejoin: boolean;
  /** How far this member saw the log the last time, kept under their own seal beside the ledger. */
  anchor: Seen | null;
  /** With the acts that wait. */
  roster: MaybeRoster;
  record: UnitRecord;
}

export const emptyLogCopy = (): LogCopy => ({
  ledger: emptyLedger,
  view: emptyView,
  readership: noReadership,
  outbox: [],
  outboxEnd: 0,
  ownTips: {},
  mustRejoin: false,
  anchor: null,
  roster: null,
  record: emptyRecord,
});
