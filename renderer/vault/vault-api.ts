import type { CaseState, LateEntry } from '#shared/domain/case/case-state.ts';
import type { SubjectLine } from '#shared/domain/case/case-summary.ts';
import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { YearCounts } from '#shared/domain/counting/count-cases.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { Grade } from '#shared/domain/policy/ranks.ts';
import type { RosterMember } from '#shared/domain/unit/roster.ts';
import type { UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { EntryId, MemberId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { Notice, Params, Refusal } from '#shared/kernel/refusal.ts';
import type { WarningCode } from './codes.ts';
import type { IopcOwed, QueueRow } from './queue-api.ts';

/** What the vault's worker tells the window. The window sees pages and the case that is open; never a key. */

/** A key slot of this workstation, as the unlock screen shows it. */
export interface Slot {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Milliseconds until an attempt is taken, after wrong passphrases. */
  readonly wait: number;
}

export interface Slots {
  /** What the unit is called, as the log was read here last; null where it is not known yet. */
  readonly unit: string | null;
  readonly slots: readonly Slot[];
}

export interface PassphraseVerdict {
  /** 0 to 4, as zxcvbn scores. */
  readonly score: number;
  readonly acceptable: boolean;
  /** What would make it stronger. */
  readonly advice: readonly Notice[];
}

export interface NewMember {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
  readonly grade: Grade;
  /** The supervisor who signs too, where an admission takes two. */
  readonly second?: SecondSigner;
}

/** A member who signs too, sitting at the same workstation: their slot here, and their passphrase. */
export interface SecondSigner {
  readonly slot: string;
  readonly passphrase: string;
}

/** The first member of a unit, a supervisor. */
export type Founder = Omit<NewMember, 'role' | 'second'>;

/** What an admission takes. */
export interface AdmissionTerms {
  /** The supervisors with a slot here who may sign too; null where none needs to. */
  readonly seconds: readonly Slot[] | null;
}

/** Short enough to be read out, as K7EQ-9XHB-2MCD-W4TR-0PZ5. */
export interface Fingerprints {
  /** Of this unit and its founder. */
  readonly unit: string;
  /** Of the operator's key that is pinned here. */
  readonly operator: string;
}

export interface Session {
  readonly member: { readonly id: MemberId; readonly name: string; readonly role: Role };
  readonly unitName: string;
  /** Wrong passphrases for this slot since it was last opened. */
  readonly failedAttemptsBefore: number;
}

export interface UnlockFailure extends Notice {
  /** Milliseconds until the next attempt is taken. */
  readonly wait: number;
}

/** Something that does not verify. */
export interface IntegrityWarning {
  readonly code: WarningCode;
  readonly position: Position | null;
  readonly case: StreamId | null;
  readonly params: Params;
}

/** Something long of which a part is done. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

export interface VaultStatus {
  readonly online: boolean;
  /** Why the last exchange with the endpoint failed; null when it did not. */
  readonly trouble: Notice | null;
  /** Own entries saved here that the endpoint has not confirmed. */
  readonly waiting: number;
  /** ISO instant of the last complete exchange. */
  readonly lastSynced: string | null;
  /** The log is verified up to this position. */
  readonly verifiedTo: Position;
  /** Entries being brought in, while more than a page of them remains. */
  readonly ingest: Progress | null;
  /** The ingest was paused by the member; `sync.now` resumes it. */
  readonly paused: boolean;
  /** Cases that an earlier Probity had read, being read anew by this one. */
  readonly renewal: Progress | null;
  readonly warnings: readonly IntegrityWarning[];
  /** The member's device here was found to be set back: nothing is signed until it has new keys. */
  readonly isSetBack: boolean;
  /** Bytes that are left for Probity on this computer, where that is less than a day's work may take. */
  readonly roomLeft: number | null;
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
  readonly subject: SubjectLine | null;
  /** The strongest first. */
  readonly reasons: readonly Notice[];
  /** Only to order by: higher is nearer. */
  readonly score: number;
  /** When it was recorded for intelligence; null when it is not. */
  readonly recordedAt: string | null;
}

interface Named {
  readonly id: StreamId;
  readonly reference: string;
}
/** A referral that was delivered, and a case that was opened by hand and given its reference. */
export interface ToJoin {
  readonly case: Named;
  readonly referral: Named;
}

export interface CaseView {
  readonly state: CaseState;
  readonly summary: QueueRow;
  /** What it holds that cannot be read here, and keeps all but what protects somebody from being recorded. */
  readonly notWhole: readonly Refusal[];
  /** The word that entries of members who are no longer in force cannot be read here. */
  readonly notRead: Refusal | null;
  /** What came in after a stream that it was in was closed, and so changed nothing. */
  readonly late: readonly LateEntry[];
  /** What may be one with this case. */
  readonly toJoin: readonly ToJoin[];
  /** Names of the members who appear in the case. */
  readonly names: Readonly<Record<MemberId, string>>;
  /** Signature of each entry in the activity. */
  readonly signatures: Readonly<Record<EntryId, SignatureState>>;
}

/** Something being written. Sealed and saved as it is typed; `value` is whatever the form put in. */
export interface SavedDraft {
  readonly value: unknown;
  /** Entries that stood on the screen when it was begun. */
  readonly shown?: readonly EntryId[] | undefined;
  /** ISO instant. */
  readonly savedAt: string;
}

/** What became of a draft that was to be saved. */
export interface KeptDraft {
  /** ISO instant. */
  readonly savedAt: string;
  /** Not on the disk, but sealed in the memory of the host, which writes it as soon as it can be. */
  readonly held: boolean;
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

/** The unit as all its members know it, with what waits. */
export interface UnitView {
  readonly members: readonly RosterMember[];
  readonly record: UnitRecord;
}

/** Cases counted, of those that this member reads. */
export interface CountsView {
  /** When: milliseconds since the epoch. */
  readonly at: number;
  /** The calendar year in which the financial year of now began. */
  readonly current: number;
  readonly counts: YearCounts;
}

export type VaultEvent =
  | { readonly type: 'status'; readonly status: VaultStatus }
  | { readonly type: 'queueChanged' }
  /** The database or the journal was taken away: nothing is written any more until a vault is started anew. */
  | { readonly type: 'storeLost' }
  | { readonly type: 'unitChanged' }
  | { readonly type: 'caseChanged'; readonly case: StreamId };
