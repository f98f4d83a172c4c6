import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import type { DirectoryUnit } from '#shared/sync/directory.ts';
import type { Party } from '#shared/sync/transfer.ts';

/** What the vault tells the window of cases that go from one unit to another. */

export type { DirectoryUnit } from '#shared/sync/directory.ts';

export interface ListedUnits {
  /** Null where the directory does not name it. */
  readonly own: DirectoryUnit | null;
  /** Of other forces. */
  readonly others: readonly DirectoryUnit[];
}

/** Where a case came from, when that was another unit. */
export interface Origin {
  readonly transfer: EntryId;
  /** Unit, and the member and key that signed. */
  readonly from: Party;
  /** When it was sent, by the sender's clock. */
  readonly at: string;
  /** Why they sent it. */
  readonly note: string | null;
  /** Where the answer goes, as the asker signed it. */
  readonly reply: { readonly stream: StreamId; readonly publicKey: string; readonly scope: Scope };
}

/**
 * How far a disposition to another force has come.
 *
 *   saved -> sending -> sent -> acknowledged -> sentBack
 *               '-> waiting (see `trouble`)        (also without an acknowledgement)
 *
 * `elsewhere`: its author's workstation sends it; this one learns of it with the answer. `superseded`: never sent.
 */
export type TransferStage =
  | 'saved'
  | 'sending'
  | 'waiting'
  | 'sent'
  | 'elsewhere'
  | 'acknowledged'
  | 'sentBack'
  | 'superseded';

export interface TransferState {
  /** Entry of the disposition. */
  readonly disposition: EntryId;
  /** Id of the unit in the directory. */
  readonly unit: string;
  readonly stage: TransferStage;
  /** Why it was sent back, in the other unit's words. */
  readonly why: string | null;
  /** Why it waits. */
  readonly trouble: Notice | null;
  /** When this workstation sent it, or when it was answered. */
  readonly at: string | null;
}

export interface CaseTransfers {
  /** Null for a referral that came from Crimestoppers. */
  readonly origin: Origin | null;
  /** In the order in which they were recorded. */
  readonly sent: readonly TransferState[];
}
