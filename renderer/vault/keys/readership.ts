import { v4 as uuid } from 'uuid';
import { importContentKey, open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import {
  type Bytes,
  concat,
  fromBase64url,
  fromBytes,
  randomBytes,
  toBase64url,
  toBytes,
  utf8,
} from '#shared/crypto/encoding.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { Keyring } from './keyring.ts';

/*
 * What was folded of the log lies under keys of its own, which only those can open who hold every generation that it was
 * folded with. So members of one workstation who hold the same share it, and what one of them can read is shut to the others.
 * When what they hold changes, a fresh key is put before the others: who was left behind opens nothing of what comes.
 */

/** A set of rows that were folded with the same keys. */
export interface Readership {
  /** What the keys of its rows begin with. */
  readonly id: string;
  /** The generations that it was folded with, sorted. */
  readonly held: readonly GenerationId[];
  /** 32 bytes each; what is sealed is under the first. */
  readonly secrets: readonly Bytes[];
  readonly keys: readonly CryptoKey[];
}

interface StoredReadership {
  readonly held: readonly GenerationId[];
  /** `secrets` under a key that follows from what is held. Base64url. */
  readonly box: string;
}

const prefix = 'readership:';
const context = (id: string): Bytes => utf8(`probity/readership/1/${id}`);

const heldBy = (keyring: Pick<Keyring, 'all'>): readonly GenerationId[] =>
  keyring
    .all()
    .map(({ id }) => id)
    .sort();

const isSame = (one: readonly GenerationId[], other: readonly GenerationId[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** Of whoever holds nothing yet: under what every slot here has, and there is nothing in it but what is in the clear. */
async function keyOf(keyring: Keyring, held: readonly GenerationId[]): Promise<CryptoKey> {
  const secrets = held.map((id) => keyring.held(id).secret);
  return importContentKey(await deriveBytes(concat(utf8('held'), ...secrets), 'probity/readership/1/key'));
}

async function withSecrets(
  { id, held }: Pick<Readership, 'id' | 'held'>,
  secrets: readonly Bytes[],
): Promise<Readership> {
  return { id, held, secrets, keys: await Promise.all(secrets.map(importContentKey)) };
}

/** Before the slot's keys are there: nothing is sealed under it, and nothing opened. */
export const noReadership: Readership = { id: '', held: [], secrets: [], keys: [] };

/** Nothing is under it yet. */
export const newReadership = (keyring: Keyring): Promise<Readership> =>
  withSecrets({ id: uuid(), held: heldBy(keyring) }, [randomBytes(32)]);

/** The same rows for whoever holds what this member holds now. The same readership, where that is what they were for. */
export async function followingReadership(readership: Readership, keyring: Keyring): Promise<Readership> {
  const held = heldBy(keyring);
  return isSame(held, readership.held)
    ? readership
    : withSecrets({ id: readership.id, held }, [randomBytes(32), ...readership.secrets]);
}

export async function sealReadership(
  storeKey: CryptoKey,
  { id, held, secrets }: Readership,
  keyring: Keyring,
): Promise<Row> {
  const box = await seal(await keyOf(keyring, held), toBytes(secrets.map(toBase64url)), context(id));
  const stored: StoredReadership = { held, box: toBase64url(box) };
  return sealRow(storeKey, 'meta', prefix + id, stored);
}

/**
 * The rows that were folded with what this member holds or, where there are none, with most of it: their readership is then
 * to follow. Null when there are none at all.
 */
export async function findReadership(store: Store, storeKey: CryptoKey, keyring: Keyring): Promise<Readership | null> {
  const stored = await Promise.all((await store.startingWith('meta', prefix)).map((row) => openStored(storeKey, row)));
  const fitting = stored
    .flatMap((each) => (each?.held.every((id) => keyring.generation(id)) ? [each] : []))
    .sort((one, other) => other.held.length - one.held.length);
  for (const { id, held, box } of fitting) {
    const secrets = await openSecrets(await keyOf(keyring, held), id, box);
    if (secrets) return withSecrets({ id, held }, secrets);
  }
  return null;
}

async function openStored(storeKey: CryptoKey, row: Row): Promise<(StoredReadership & { readonly id: string }) | null> {
  const stored = await openRow<StoredReadership>(storeKey, 'meta', row).catch(() => null);
  return stored && { ...stored, id: String(row.key).slice(prefix.length) };
}

async function openSecrets(key: CryptoKey, id: string, box: string): Promise<readonly Bytes[] | null> {
  try {
    return (fromBytes(await open(key, fromBase64url(box), context(id))) as readonly string[]).map(fromBase64url);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
