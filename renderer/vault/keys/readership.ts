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
import type { AuthorKey, GenerationId } from '#shared/kernel/ids.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { Keyring } from './keyring.ts';

/*
 * What was folded of the log lies under keys of its own, which only those can open who hold every generation that it was
 * folded with. So members of one workstation who hold the same share it, and what one of them can read is shut to the others.
 * When what they hold changes, a fresh key is put before the others: who was left behind opens nothing of what comes. Whose
 * device was given a content key alone shares with nobody.
 */

/** A set of rows that were folded with the same keys. */
export interface Readership {
  /** What the keys of its rows begin with. */
  readonly id: string;
  /** The generations that it was folded with, sorted. */
  readonly held: readonly GenerationId[];
  /** Of the one member whose it is, where content keys were boxed to their device alone; null where it is shared. */
  readonly device: AuthorKey | null;
  /** 32 bytes each; what is sealed is under the first. */
  readonly secrets: readonly Bytes[];
  readonly keys: readonly CryptoKey[];
}

interface StoredReadership {
  readonly held: readonly GenerationId[];
  readonly device: AuthorKey | null;
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
async function keyOf(keyring: Keyring, { held, device }: Pick<Readership, 'held' | 'device'>): Promise<CryptoKey> {
  const secrets = [...held.map((id) => keyring.held(id).secret), ...(device ? [keyring.own.secret] : [])];
  return importContentKey(await deriveBytes(concat(utf8('held'), ...secrets), 'probity/readership/1/key'));
}

async function withSecrets(
  { id, held, device }: Pick<Readership, 'id' | 'held' | 'device'>,
  secrets: readonly Bytes[],
): Promise<Readership> {
  return { id, held, device, secrets, keys: await Promise.all(secrets.map(importContentKey)) };
}

/** Before the slot's keys are there: nothing is sealed under it, and nothing opened. */
export const noReadership: Readership = { id: '', held: [], device: null, secrets: [], keys: [] };

/** Nothing is under it yet. @param isAlone whether this member's device was given content keys alone */
export const newReadership = (keyring: Keyring, isAlone = false): Promise<Readership> =>
  withSecrets({ id: uuid(), held: heldBy(keyring), device: isAlone ? keyring.own.device : null }, [randomBytes(32)]);

/**
 * The same rows for whoever holds what this member holds now. The same readership, where that is what they were for.
 * @param isAlone whether this member's device was given content keys alone, by now
 */
export async function followingReadership(
  readership: Readership,
  keyring: Keyring,
  isAlone = false,
): Promise<Readership> {
  const held = heldBy(keyring);
  const device = isAlone ? keyring.own.device : readership.device;
  return isSame(held, readership.held) && device === readership.device
    ? readership
    : withSecrets({ id: readership.id, held, device }, [randomBytes(32), ...readership.secrets]);
}

export async function sealReadership(
  storeKey: CryptoKey,
  { id, held, device, secrets }: Readership,
  keyring: Keyring,
): Promise<Row> {
  const box = await seal(await keyOf(keyring, { held, device }), toBytes(secrets.map(toBase64url)), context(id));
  const stored: StoredReadership = { held, device, box: toBase64url(box) };
  return sealRow(storeKey, 'meta', prefix + id, stored);
}

/**
 * The rows that were folded with what this member holds or, where there are none, with most of it: their readership is then
 * to follow. Null when there are none at all.
 * @param isAlone whether this member's device was given content keys alone: what others share lacks what is under those
 */
export async function findReadership(
  store: Store,
  storeKey: CryptoKey,
  keyring: Keyring,
  isAlone = false,
): Promise<Readership | null> {
  const stored = await Promise.all((await store.startingWith('meta', prefix)).map((row) => openStored(storeKey, row)));
  const whose = isAlone ? keyring.own.device : null;
  const fitting = stored
    .flatMap((each) => (each?.device === whose && each.held.every((id) => keyring.generation(id)) ? [each] : []))
    .sort((one, other) => other.held.length - one.held.length);
  for (const each of fitting) {
    const secrets = await openSecrets(await keyOf(keyring, each), each.id, each.box);
    if (secrets) return withSecrets(each, secrets);
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
