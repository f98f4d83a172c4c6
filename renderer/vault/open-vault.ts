import PQueue from 'p-queue';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { type CaseIndex, emptyCaseIndex } from './cases/case-index.ts';
import { emptyMatching, type Matching } from './cases/matching.ts';
import { emptySearchIndex, type SearchIndex } from './cases/search-index.ts';
import { emptyFindings, type Findings } from './findings.ts';
import type { Host } from './host.ts';
import { createKeyring, type Keyring } from './keys/keyring.ts';
import type { SlotSecrets } from './keys/slots.ts';
import { emptyLogCopy, type LogCopy } from './log/log-copy.ts';
import type { Program } from './program.ts';
import type { Store } from './store/store.ts';
import type { VaultEvent } from './vault-api.ts';

/** What the vault reads from and writes to. */
export interface VaultIo {
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  readonly emit: (event: VaultEvent) => void;
  /** One write at a time: read, decide, seal, commit, and only then memory. */
  readonly writer: PQueue;
}

/** Who has the vault open, and the keys of their slot. */
export interface MemberKeys {
  readonly slotId: string;
  readonly slot: SlotSecrets;
  readonly signing: SigningKey;
  /** Seals the rows that the members of this workstation share. */
  readonly storeKey: CryptoKey;
  /** Seals what is this member's alone. */
  readonly personalKey: CryptoKey;
  readonly keyring: Keyring;
}

/**
 * All that is in memory while the vault is open, gone when its worker ends. Each part has one owner, which alone changes
 * it, within the writer.
 */
export interface OpenVault {
  readonly io: VaultIo;
  readonly program: Program;
  readonly member: MemberKeys;
  /** Owned by `log/`: the unit's log as it is stored here, and what waits to join it. */
  readonly log: LogCopy;
  /** Owned by `cases/`: every case, confirmed and with what waits. */
  readonly cases: CaseIndex;
  /** Owned by `cases/`: what finds the same subject in other cases. */
  readonly matching: Matching;
  /** Owned by `cases/`: what quick search looks in. */
  readonly search: SearchIndex;
  /** What was checked in this session, and what did not verify. */
  readonly findings: Findings;
}

/** What a vault is opened from. */
export interface Opening extends Omit<VaultIo, 'writer'> {
  readonly program: Program;
  readonly slotId: string;
  readonly slot: SlotSecrets;
}

/** Imports a slot's keys; nothing is read from the store yet. */
export async function createOpenVault({ program, slotId, slot, ...io }: Opening): Promise<OpenVault> {
  return {
    io: { ...io, writer: new PQueue({ concurrency: 1 }) },
    program,
    member: {
      slotId,
      slot,
      signing: await importSigningKey(slot.author, fromBase64url(slot.signingKey)),
      storeKey: await importContentKey(fromBase64url(slot.storeKey)),
      personalKey: await importContentKey(fromBase64url(slot.personalKey)),
      keyring: createKeyring(slot),
    },
    log: emptyLogCopy(),
    cases: emptyCaseIndex(),
    matching: emptyMatching(),
    search: emptySearchIndex(),
    findings: emptyFindings(),
  };
}
