import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide-case.ts';
import type { Role } from '#shared/domain/unit/roles.ts';
import type { EntryId, MemberId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { IopcOwed, QueueCounts, QueuePage, QueueQuery, QueueRow } from './queue-api.ts';
import type { CaseTransfers, DirectoryUnit } from './transfer-api.ts';

/** What the vault's worker offers the window. The window sees pages and the case that is open; never a key. */

/** A key slot of this workstation, as the unlock screen shows it. */
export interface Slot {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** No attempt is taken before this instant (milliseconds), after wrong passphrases. */
  readonly waitUntil: number;
}

export interface PassphraseVerdict {
  /** 0 to 4, as zxcvbn scores. */
  readonly score: number;
  readonly acceptable: boolean;
  /** What would make it stronger; null when there is nothing to say. */
  readonly advice: string | null;
}

export interface NewMember {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
}

export interface Session {
  readonly member: { readonly id: MemberId; readonly name: string; readonly role: Role };
  readonly unitName: string;
  /** Wrong passphrases for this slot since it was last opened. */
  readonly failedAttemptsBefore: number;
}

export interface UnlockFailure {
  readonly code: 'wrong-passphrase' | 'wait' | 'damaged' | 'host';
  readonly detail: string;
  readonly waitUntil: number;
}

/** Something that does not verify. `detail` says in plain words what, and what remains safe. */
export interface IntegrityWarning {
  readonly code: string;
  readonly position: Position | null;
  readonly case: StreamId | null;
  readonly detail: string;
}

export interface VaultStatus {
  readonly online: boolean;
  /** Why the last exchange with the endpoint failed, in plain words; null when it did not. */
  readonly trouble: string | null;
  /** Own entries saved here that the endpoint has not confirmed. */
  readonly waiting: number;
  /** ISO instant of the last complete exchange. */
  readonly lastSynced: string | null;
  /** The log is verified up to this position. */
  readonly verifiedTo: Position;
  /** Entries being brought in, while more than a page of them remains. */
  readonly ingest: { readonly done: number; readonly of: number } | null;
  /** The ingest was paused by the member; `syncNow` resumes it. */
  readonly paused: boolean;
  readonly warnings: readonly IntegrityWarning[];
  /** The first deadline first; empty when nothing is owed. Null while it is not known whether anything is. */
  readonly iopcOwed: readonly IopcOwed[] | null;
}

/** `checking`: not yet verified in this session; `caseChanged` follows when it is. `waiting`: not yet confirmed. */
export type SignatureState = 'verified' | 'checking' | 'waiting' | 'broken';

/** An earlier referral that may concern the same subject or event. A person decides whether it does. */
export interface Match {
  readonly case: StreamId;
  readonly reference: string;
  readonly receivedAt: string;
  readonly subject: string;
  /** "Same collar number 4471", and the like; the strongest first. */
  readonly reasons: readonly string[];
  /** Only to order by: higher is nearer. */
  readonly score: number;
  /** When it was recorded for intelligence; null when it is not. */
  readonly recordedAt: string | null;
}

export interface CaseView {
  readonly state: CaseState;
  readonly summary: QueueRow;
  /** Names of the members who appear in the case. */
  readonly names: Readonly<Record<MemberId, string>>;
  /** Signature of each entry in the activity. */
  readonly signatures: Readonly<Record<EntryId, SignatureState>>;
}

/** Something being written. Sealed and saved as it is typed; `value` is whatever the form put in. */
export interface SavedDraft {
  readonly value: unknown;
  /** ISO instant. */
  readonly savedAt: string;
}

export interface SavedView {
  readonly name: string;
  readonly query: QueueQuery;
}

export interface Preferences {
  readonly savedViews: readonly SavedView[];
  /** Absent: as the system has it. */
  readonly theme?: 'system' | 'light' | 'dark';
  /** Letters as shortcuts; absent: on. */
  readonly singleKeys?: boolean;
}

export type AttachmentVersion = 'original' | 'sanitised';

export interface OpenedAttachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type VaultEvent =
  | { readonly type: 'status'; readonly status: VaultStatus }
  | { readonly type: 'queueChanged' }
  | { readonly type: 'caseChanged'; readonly case: StreamId };

export interface Vault {
  slots(): Promise<readonly Slot[]>;
  judgePassphrase(passphrase: string, personal: readonly string[]): Promise<PassphraseVerdict>;
  /** First run on an enrolled, unfounded unit: makes the unit's keys and the first member, a supervisor. */
  found(founder: Omit<NewMember, 'role'>): Promise<Result<Slot, string>>;
  unlock(slot: string, passphrase: string): Promise<Result<Session, UnlockFailure>>;

  /* From here on the vault must be unlocked; each call rejects otherwise. */

  /** A supervisor admits a member, who chooses their passphrase at this workstation. */
  admit(member: NewMember): Promise<Result<Slot, string>>;
  queuePage(query: QueueQuery, offset: number, limit: number): Promise<QueuePage>;
  /** Asked while a filter is open: it looks at every case. */
  queueCounts(query: QueueQuery): Promise<QueueCounts>;
  /** Cases before and after one in the current order, for "next referral". */
  neighbours(query: QueueQuery, id: StreamId): Promise<{ previous: StreamId | null; next: StreamId | null }>;
  openCase(id: StreamId): Promise<Result<CaseView, string>>;
  /** Earlier referrals that may concern the same subject or event, the nearest first. */
  matches(id: StreamId): Promise<readonly Match[]>;
  /**
   * Resolves when the signed event is durable on this machine. @param draft which form of the case it was written in:
   * its draft ends with the same commit, so that no crash leaves both.
   */
  execute(command: CaseCommand, draft?: string): Promise<Result<EntryId, string>>;
  /** The original, or the sanitised copy that is in force. */
  openAttachment(id: StreamId, index: number, which?: AttachmentVersion): Promise<Result<OpenedAttachment, string>>;
  /** Makes a copy that tells nothing beyond what it shows. Resolves when it is durable on this machine. */
  sanitiseAttachment(id: StreamId, index: number): Promise<Result<EntryId, string>>;
  /**
   * Resolves when the draft is sealed and durable, with the instant. @param step which form of the case: a step of the
   * assessment, or a part of one (`grading.<item>`). Not for reading: it may not stand on the disk in clear.
   */
  saveDraft(id: StreamId, step: string, draft: unknown): Promise<SavedDraft>;
  /** The member's own drafts in a case, by `step`. */
  loadDrafts(id: StreamId): Promise<Readonly<Record<string, SavedDraft>>>;
  discardDraft(id: StreamId, step: string): Promise<void>;
  /** Where a case came from, if another unit sent it, and where it was sent. Null when it cannot be read here. */
  transfers(id: StreamId): Promise<CaseTransfers | null>;
  /** The units of other forces, as the endpoint's directory lists them or, without a connection, as last seen. */
  units(): Promise<readonly DirectoryUnit[]>;
  preferences(): Promise<Preferences>;
  savePreferences(preferences: Preferences): Promise<void>;
  /** Exchanges with the endpoint now rather than when it is due; resumes a paused ingest. */
  syncNow(): Promise<void>;
  pauseIngest(): Promise<void>;
  /** Re-reads every stored entry and checks every seal, signature and chain. */
  verifyLog(): Promise<readonly IntegrityWarning[]>;
  subscribe(listener: (event: VaultEvent) => void): Promise<void>;
}
