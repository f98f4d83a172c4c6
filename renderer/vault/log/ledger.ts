import type { UnitState } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, Digest, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { emptyLogHash, type LogState, type SignedHead } from '#shared/log/head.ts';
import type { IntegrityWarning } from '../vault-api.ts';

/**
 * How far the log was read, and what follows from it besides the cases. One sealed row, written in the same commit as
 * the entries that it covers.
 */
export interface Ledger {
  readonly log: LogState;
  readonly head: SignedHead | null;
  /** Hash of the last confirmed entry of each author. */
  readonly tips: readonly (readonly [AuthorKey, Digest])[];
  readonly unit: UnitState | null;
  /** The stream of the unit's own events, from its first entry. */
  readonly unitStream: StreamId | null;
  /** Entries that belong to cases. The summaries on disk must account for all: fewer, and some were taken or set back. */
  readonly caseEntries: number;
  /** Grants of keys seen, to any member: more than a member's cache has means that there may be one for them. */
  readonly grants: number;
  /** What did not verify when it was read. */
  readonly faults: readonly IntegrityWarning[];
  readonly lastSynced: string | null;
}

/** Hash of the last entry that each local author wrote, confirmed or not; shows when outbox rows were taken away. */
export type OwnTips = Record<AuthorKey, Digest>;

export const ledgerKey = 'ledger';

export const emptyLedger = async (unit: UnitId): Promise<Ledger> => ({
  log: { position: 0, hash: await emptyLogHash(unit) },
  head: null,
  tips: [],
  unit: null,
  unitStream: null,
  caseEntries: 0,
  grants: 0,
  faults: [],
  lastSynced: null,
});

/** Faults beyond these are counted by their number only; the log keeps them all. */
export const mostFaults = 200;

export const fault = (
  code: string,
  position: Position | null,
  detail: string,
  stream: StreamId | null = null,
): IntegrityWarning => ({ code, position, case: stream, detail });
