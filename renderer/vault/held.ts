import PQueue from 'p-queue';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { sealingKeyId } from '#shared/crypto/public-box.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { DomainEvent } from '#shared/domain/events.ts';
import type { UnitState } from '#shared/domain/unit/unit-state.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Digest, EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { LogState } from '#shared/log/head.ts';
import type { IndexedCase } from './cases/case-rows.ts';
import { type Marks, noMarks } from './cases/marks.ts';
import type { Matcher } from './cases/matcher.ts';
import type { Host } from './host.ts';
import { createKeyring, type Keyring } from './keys/keyring.ts';
import type { SlotSecrets } from './keys/slots.ts';
import { emptyLedger, type Ledger, type OwnTips } from './log/ledger.ts';
import type { Store } from './store/store.ts';
import type { IntegrityWarning, VaultEvent } from './vault-api.ts';

/** An own entry that is durable here and not yet confirmed by the endpoint. */
export interface PendingEntry {
  readonly hash: Digest;
  /** Key of its row in the outbox: 1, 2, 3 ... in order of writing. */
  readonly row: number;
  readonly entry: Entry;
  /** Null when it is sealed to another member, who was granted keys here. */
  readonly event: DomainEvent | null;
}

/** All that is in memory while the vault is open. Gone when its worker ends; only the writer changes it. */
export interface Held {
  readonly store: Store;
  readonly storeKey: CryptoKey;
  readonly personalKey: CryptoKey;
  readonly slotId: string;
  readonly slot: SlotSecrets;
  readonly signing: SigningKey;
  readonly keyring: Keyring;
  /** Id of this member's own sealing key. */
  readonly ownKid: string;
  readonly host: Host;
  readonly clock: Clock;
  /** One write at a time: read, decide, seal, commit, and only then memory. */
  readonly writer: PQueue;
  readonly emit: (event: VaultEvent) => void;

  ledger: Ledger;
  /** Cases as the confirmed log has them. */
  readonly confirmed: Map<string, IndexedCase>;
  /** Own entries to send, in order. */
  outbox: readonly PendingEntry[];
  /** How far this member saw the log the last time, kept under their own seal beside the ledger. */
  anchor: LogState | null;
  /** Own pending entries no longer fit the confirmed log, and must be signed again on it. */
  mustRejoin: boolean;
  /** Key of the last row of the outbox, damaged ones included: what is written next does not replace them. */
  outboxEnd: number;
  /** Hash of the last entry of each author who wrote here. */
  ownTips: OwnTips;
  /** Cases that own pending entries touch: the confirmed state with those replayed on it. */
  readonly projected: Map<StreamId, CaseState>;
  /** The states read last, as confirmed: who opens a case acts on it next. */
  readonly recent: Map<StreamId, CaseState>;
  /** Null until the queue is on screen: see `buildMatcher`. */
  matcher: Matcher | null;
  /** Where subjects of cases recorded for intelligence were found again: see `lookout.ts`. */
  marks: Marks;
  /** The unit with pending admissions. */
  unit: UnitState | null;
  /** Signatures checked in this session. */
  readonly signatures: Map<EntryId, 'verified' | 'broken'>;
  /** What did not verify in this session, besides the faults in the ledger. */
  readonly warnings: IntegrityWarning[];
  /** Grows with every change to the queue. */
  version: number;
  /** Grows with every change to `confirmed`: what is read off all cases is read again only then. */
  confirmedVersion: number;
}

/** What a vault is opened from. */
export type Opening = Pick<Held, 'store' | 'host' | 'clock' | 'slotId' | 'slot' | 'emit'>;

/** Imports a slot's keys; nothing is read from the store yet. */
export async function createHeld(opening: Opening): Promise<Held> {
  const { slot } = opening;
  return {
    ...opening,
    storeKey: await importContentKey(fromBase64url(slot.storeKey)),
    personalKey: await importContentKey(fromBase64url(slot.personalKey)),
    signing: await importSigningKey(slot.author, fromBase64url(slot.signingKey)),
    keyring: await createKeyring(slot),
    ownKid: await sealingKeyId(slot.sealingPublicKey),
    writer: new PQueue({ concurrency: 1 }),
    ledger: await emptyLedger(slot.unit),
    confirmed: new Map(),
    outbox: [],
    anchor: null,
    mustRejoin: false,
    outboxEnd: 0,
    ownTips: {},
    projected: new Map(),
    recent: new Map(),
    matcher: null,
    marks: noMarks,
    unit: null,
    signatures: new Map(),
    warnings: [],
    version: 0,
    confirmedVersion: 0,
  };
}
