import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import {
  type Bytes,
  fromBase64url,
  fromBytes,
  randomBytes,
  toBase64url,
  toBytes,
  utf8,
} from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { AuthorKey, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import type { DeviceKeys } from './device-keys.ts';
import { deriveSlotKey, type KdfParameters } from './passphrase.ts';

/*
 * A slot is how one member opens the vault of this workstation. Two seals, one in the other: the outer with a key from
 * the device's secret (so that a copied disk shows no names), the inner with the passphrase and the secrets of device and slot.
 */

/** What a slot keeps. Keys are base64url. */
export interface SlotSecrets {
  readonly member: { readonly id: MemberId; readonly name: string; readonly role: Role };
  readonly unit: UnitId;
  /** The pinned keys of the endpoint: what its entries are checked against, and the checkpoints of the log. */
  readonly endpointKey: AuthorKey;
  readonly checkpointKey: AuthorKey;
  /** The pinned key of the endpoint's operator: what the directory is checked against. */
  readonly operatorKey: AuthorKey;
  readonly author: AuthorKey;
  readonly signingKey: string;
  readonly sealingPublicKey: SealingPublicKey;
  readonly sealingPrivateKey: string;
  /** Keys that a renewal of this device replaced: they open what was sealed to them, and sign nothing. */
  readonly former?: readonly { readonly author: AuthorKey; readonly sealingPrivateKey: string }[];
  /** The unit's founder: the only one whose founding of it counts. */
  readonly founder: AuthorKey;
  /** Seals the rows that all members of this workstation share. */
  readonly storeKey: string;
  /** Seals what is this member's alone: drafts, saved views. */
  readonly personalKey: string;
  /** The stream of this member's audit. */
  readonly auditStream: StreamId;
}

export interface SlotRecord {
  readonly name: string;
  readonly role: Role;
  /** How often the passphrase was changed. */
  readonly passphrase: number;
  readonly salt: string;
  readonly kdf: KdfParameters;
  readonly box: string;
  /** Of `box`: tells a damaged slot from a wrong passphrase. */
  readonly digest: string;
}

const context = (id: string): Bytes => utf8(`probity/slot/1/${id}`);

export const openSlotRecord = (labelKey: CryptoKey, row: Row): Promise<SlotRecord> =>
  openRow<SlotRecord>(labelKey, 'slots', row);

export const sealSlotRecord = (labelKey: CryptoKey, id: string, record: SlotRecord): Promise<Row> =>
  sealRow(labelKey, 'slots', id, record);

/** @param changes of the passphrase, with this one. @throws HostFailure */
export async function createSlot(
  id: string,
  secrets: SlotSecrets,
  passphrase: string,
  { beginSlot, kdf }: Pick<DeviceKeys, 'beginSlot' | 'kdf'>,
  changes = 0,
): Promise<SlotRecord> {
  const salt = randomBytes(16);
  const key = await deriveSlotKey(passphrase, salt, kdf, await beginSlot(id, changes));
  const box = await seal(key, toBytes(secrets), context(id));
  const { name, role } = secrets.member;
  return {
    name,
    role,
    passphrase: changes,
    salt: toBase64url(salt),
    kdf,
    box: toBase64url(box),
    digest: await digestOf(box),
  };
}

/**
 * Null when the passphrase is wrong. @throws SealBroken when the slot itself is damaged
 * @param secret of the device and then of the slot
 */
export async function openSlot(
  id: string,
  record: SlotRecord,
  passphrase: string,
  secret: Bytes,
): Promise<SlotSecrets | null> {
  const box = fromBase64url(record.box);
  if ((await digestOf(box)) !== record.digest) throw new SealBroken('This key slot is damaged.');
  const key = await deriveSlotKey(passphrase, fromBase64url(record.salt), record.kdf, secret);
  try {
    return fromBytes(await open(key, box, context(id))) as SlotSecrets;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
