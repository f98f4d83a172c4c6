/**
 * What the endpoint keeps, as the rest of it sees it. One implementation (`sqlStorage`) runs on PGlite and on
 * PostgreSQL; tests/contract/endpoint-storage.test.ts holds for both. Nothing that comes through here is readable.
 */
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { JurisdictionId } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { AuthorKey, Digest, EntryId, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import type { Entry, WireEntry } from '#shared/log/entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { FilledTile } from '#shared/log/tree/grow-tree.ts';
import type { Leaf } from '#shared/log/tree/leaf.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import type { TileReader } from '#shared/log/tree/tile-reader.ts';
import type { ReportedOutcome, TransferAnswer } from '#shared/sync/transfer.ts';

export type Purpose = 'workstation' | 'intake';

export interface Unit {
  readonly id: UnitId;
  /** Slug under which reports name the force. One unit a force. */
  readonly force: string;
  readonly forceName: string;
  readonly jurisdiction: JurisdictionId;
  readonly name: string;
  /** Whether its log has begun. */
  readonly founded: boolean;
}

/** What a device may do: a workstation acts for one unit, an intake device for none. */
export interface Enrolment {
  readonly purpose: Purpose;
  readonly unit: UnitId | null;
}

export interface NewCode extends Enrolment {
  /** SHA-256 of the code. The code itself is shown once and kept nowhere. */
  readonly hash: Digest;
  readonly expiresAt: number;
  /** Who runs the intake device that will spend it; null for a workstation. */
  readonly organisation: string | null;
  /** For the demonstration only: a code that is never used up. */
  readonly reusable: boolean;
}

export type SpentCode = { readonly enrolment: Enrolment } | { readonly refused: 'code' | 'device-enrolled-elsewhere' };

export interface StoredEntry {
  readonly position: Position;
  readonly arrivedAt: number;
  readonly wire: WireEntry;
}

/** An entry to store, where it stands, and what its leaf says. */
export interface NewEntry {
  readonly entry: Entry;
  readonly hash: Digest;
  readonly position: Position;
  readonly leaf: Leaf;
}

/** A checkpoint as it is stored: nothing here is believed before it was verified (unit-log/verified-log.ts). */
export interface StoredCheckpoint {
  readonly size: number;
  /** The signed note. */
  readonly note: string;
}

export interface StoredPage {
  readonly entries: readonly StoredEntry[];
  /** At the last of `entries`, or the log's last when there are none; null when the log is empty. */
  readonly checkpoint: StoredCheckpoint | null;
  readonly end: Position;
  /** Head of the roster at `end`; null when the log is empty. */
  readonly rosterHead: Bytes | null;
}

export interface PageRequest {
  readonly after: Position;
  /** About as many: a page ends where an append ended, and has one append at least. */
  readonly limit: number;
  /** No further entry once those before it have this many bytes. */
  readonly mostBytes: number;
}

/** A unit's log while its row is locked: what is read here stays true until the transaction ends. */
export interface LockedUnit {
  /** The last one; null before the first. */
  readonly checkpoint: StoredCheckpoint | null;
  /** What shows that this database was set back, as `recordSetBack` was given it. */
  readonly setBack: Seen | null;
  readonly tiles: TileReader;
  /** Of the entry at the position; null when there is none. */
  leafAt(position: Position): Promise<Leaf | null>;
  /** The author's last entry in this unit; null when there is none. */
  tipOf(author: AuthorKey): Promise<{ readonly hash: Digest; readonly header: Bytes } | null>;
  /** Those of the ids that the log has. */
  find(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, { position: Position; hash: Digest }>>;
  /** The entries in the clear after the position, in order. */
  roster(after: Position, to?: Position): Promise<readonly WireEntry[]>;
  /** The checkpoint of that size; null when there is none. */
  checkpointOf(size: number): Promise<StoredCheckpoint | null>;
  /** The first entry of a stream; null when there is none. */
  firstOf(stream: StreamId): Promise<StoredEntry | null>;
  hasStream(stream: StreamId): Promise<boolean>;
  /** Where an entry of the roster stands; null when there is none of that hash. */
  rosterPosition(hash: Digest): Promise<Position | null>;
  /** Up to so many entries after the position, in order. */
  entriesAfter(position: Position, limit: number): Promise<readonly StoredEntry[]>;
  /** Puts an entry without some of its parts in the place of the one that has them. What it had is gone. */
  replaceParts(position: Position, wire: WireEntry): Promise<void>;
  deleteBlobs(digests: readonly Digest[]): Promise<void>;
  /** In order, from the position after the last. Once a transaction. */
  append(entries: readonly NewEntry[], checkpoint: StoredCheckpoint, tiles: readonly FilledTile[]): Promise<void>;
  /** The next reference number: 1, 2, 3 ... without gaps over all units. */
  nextReferenceNumber(): Promise<number>;
  receivedReport(posted: PostedReport): Promise<ReceivedReport | null>;
  /** The report is the organisation's whose enrolled device posted it. */
  recordReport(posted: PostedReport, received: ReceivedReport): Promise<void>;
  putBlob(digest: Digest, bytes: Bytes): Promise<void>;
  /** Takes the blobs over from another unit. False when that unit does not have them all. */
  copyBlobs(from: UnitId, digests: readonly Digest[]): Promise<boolean>;
  transfer(id: EntryId): Promise<StoredTransfer | null>;
  recordTransfer(transfer: StoredTransfer): Promise<void>;
  /** False when it was answered so already, or was sent back, which is final. */
  recordAnswer(id: EntryId, answer: TransferAnswer): Promise<boolean>;
}

/** What an intake device posted, under an id of its own. */
export interface PostedReport {
  readonly device: AuthorKey;
  readonly id: string;
}

/** The reference that a report was given, and the keyed digest of its content. */
export interface ReceivedReport {
  readonly reference: string;
  readonly content: Digest;
}

/** A referral that one unit sent to another. */
export interface StoredTransfer {
  readonly id: EntryId;
  readonly from: UnitId;
  readonly to: UnitId;
  /** The sender's stream in which answers are to stand, and the hash of the key that they are sealed to. */
  readonly reply: { readonly stream: StreamId; readonly key: Digest };
}

export interface StoredOutcome {
  /** Counted for each organisation by itself. A report's outcome that changes has the new number only. */
  readonly change: number;
  readonly reference: string;
  readonly class: ReportedOutcome['class'];
  /** `2026-11-21` */
  readonly day: string;
}

export interface OutcomesRequest {
  readonly after: number;
  readonly limit: number;
  /** Only what was said on earlier days than this. */
  readonly before: string;
}

export interface PositionListener {
  onPosition(unit: UnitId, position: Position): void;
  /** Positions may have been missed: read them again. */
  onGap(): void;
}

export interface Storage {
  /**
   * For the endpoint with these keys for entries, the last of which is that of today.
   * @throws when this database belongs to an endpoint with another key
   */
  claimFor(endpointKeys: readonly AuthorKey[]): Promise<void>;
  units(): Promise<Unit[]>;
  unit(id: UnitId): Promise<Unit | null>;
  unitOfForce(force: string): Promise<Unit | null>;
  /** False when the force has a unit already. */
  addUnit(unit: Omit<Unit, 'founded'>): Promise<boolean>;

  /** The signed directory, as it was published last; null before the first. */
  directory(): Promise<string | null>;
  /** False when another than `before` is there by now. */
  replaceDirectory(before: string | null, document: string): Promise<boolean>;

  /** Leaves a code that exists as it is. */
  addCode(code: NewCode): Promise<void>;
  /** Enrols the device. The same device may spend the same code again, and gets the same answer. */
  spendCode(hash: Digest, device: AuthorKey, now: number, allowReusable: boolean): Promise<SpentCode>;
  /**
   * Finds a device and spends its token, in one step.
   * @returns null for an unknown device; `fresh` is false for a token that was used before
   */
  admit(device: AuthorKey, token: Token): Promise<{ enrolment: Enrolment; fresh: boolean } | null>;
  /** Spends the token of a device that is not enrolled. False when it was used before. */
  spendToken(device: AuthorKey, token: Token): Promise<boolean>;
  forgetTokens(expiredBefore: number): Promise<void>;

  receivedReport(posted: PostedReport): Promise<ReceivedReport | null>;
  /**
   * Runs `task` in one transaction with the unit's row locked. Runs it again, from the start, when a concurrent
   * transaction was in the way: `task` must have no other effects.
   */
  withUnit<T>(unit: UnitId, task: (locked: LockedUnit) => Promise<T>): Promise<T>;
  /** The checkpoint of that size, or the last one; null when there is none. */
  checkpoint(unit: UnitId, size?: number): Promise<StoredCheckpoint | null>;
  /** In place of the one of the same size, unless that is another than `before` by now. */
  renewCheckpoint(unit: UnitId, before: StoredCheckpoint, note: string): Promise<void>;
  /** @throws TileBroken for one that is not there */
  tiles(unit: UnitId, tiles: readonly Tile[]): Promise<readonly Bytes[]>;
  /** The first that is shown stays. @param shown signed by this endpoint, of a log that is not here */
  recordSetBack(unit: UnitId, shown: Seen): Promise<void>;
  page(unit: UnitId, request: PageRequest): Promise<StoredPage>;
  putBlob(unit: UnitId, digest: Digest, bytes: Bytes): Promise<void>;
  blob(unit: UnitId, digest: Digest): Promise<Bytes | null>;

  transfer(id: EntryId): Promise<StoredTransfer | null>;
  /**
   * Replaces what was said before; the same word again is no change. False when the unit never received a report of
   * this reference.
   * @param day `2026-11-21`
   */
  setOutcome(unit: UnitId, reference: string, outcome: ReportedOutcome['class'], day: string): Promise<boolean>;
  /** Of the reports that the device's organisation posted, in the order of their last change. */
  outcomes(device: AuthorKey, request: OutcomesRequest): Promise<StoredOutcome[]>;

  watch(listener: PositionListener): Promise<void>;
  /** @throws when the database does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Token {
  readonly id: string;
  /** Milliseconds; after this the token is refused for its age, and its id may be forgotten. */
  readonly expiresAt: number;
}
