import { findReadership } from '#renderer/vault/keys/readership.ts';
import { openForReaders } from '#renderer/vault/store/reader-rows.ts';
import { openBytes, openRow } from '#renderer/vault/store/sealed-rows.ts';
import { tables } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { passphraseOf } from './memory-unit.ts';
import type { Station } from './rotating-unit.ts';
import { keyringOf, slotSecretsOf } from './slot-secrets.ts';

/* What the members of one workstation share of its disk, and what each can open of it. */

export const readershipsOn = ({ store }: Pick<Station, 'store'>): number =>
  [...store.rows.meta.keys()].filter((key) => String(key).startsWith('readership:')).length;

/** All that a member's own program can open of a disk with what is in their slot and what they were given. */
export async function openedBy(name: string, { store, host }: Station): Promise<string> {
  const slot = await slotSecretsOf(store, host, name, passphraseOf(name));
  const { own } = slot;
  const [storeKey, personalKey] = await Promise.all(
    [own.storeKey, own.personalKey].map((key) => importContentKey(fromBase64url(key))),
  );
  if (!storeKey || !personalKey) throw new Error('no keys');
  const keyring = await keyringOf(store, slot);
  // Under what they share, and under what is another's alone, as whose they can pass themselves off.
  const devices = (await store.startingWith('meta', 'readership:')).map(async (row) => {
    const { device } = await openRow<{ readonly device: AuthorKey | null }>(storeKey, 'meta', row);
    return findReadership(
      store,
      storeKey,
      device ? { ...keyring, own: { ...keyring.own, device } } : keyring,
      device !== null,
    );
  });
  const readerships = await Promise.all(devices);
  const found: string[] = [];
  for (const table of tables) {
    for (const row of await store.all(table)) {
      const tries = [storeKey, personalKey].map((key) => openBytes(key, table, row));
      for (const each of readerships) if (each) tries.push(openForReaders(each, table, row));
      for (const opened of await Promise.allSettled(tries)) {
        if (opened.status === 'fulfilled') found.push(new TextDecoder('latin1').decode(opened.value));
      }
    }
  }
  return found.join('\n');
}
