import type { Host } from '#renderer/vault/host.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { loadKeyCache } from '#renderer/vault/keys/key-cache.ts';
import { createKeyring, type Keyring } from '#renderer/vault/keys/keyring.ts';
import { currentKdf } from '#renderer/vault/keys/passphrase.ts';
import { openSlot, openSlotRecord, type SlotSecrets } from '#renderer/vault/keys/slots.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';

export interface OpenedSlot {
  readonly own: SlotSecrets;
  readonly slotId: string;
  readonly key: SigningKey;
}

/** What a member's own program can take out of their slot. @throws when there is no such member, or the words are others */
export async function slotSecretsOf(store: Store, host: Host, name: string, passphrase: string): Promise<OpenedSlot> {
  const { labelKey, secretOf } = await openDeviceKeys(host, currentKdf);
  for (const row of await store.all('slots')) {
    const slotId = String(row.key);
    const record = await openSlotRecord(labelKey, row);
    if (record.name !== name) continue;
    const own = await openSlot(slotId, record, passphrase, await secretOf(slotId, record.passphrase));
    if (own) return { own, slotId, key: await importSigningKey(own.author, fromBase64url(own.signingKey)) };
  }
  throw new Error(`no slot of ${name}`);
}

/** Every key that the member was given here. */
export async function keyringOf(store: Store, { own, slotId }: OpenedSlot): Promise<Keyring> {
  const keyring = createKeyring(own);
  const personalKey = await importContentKey(fromBase64url(own.personalKey));
  await loadKeyCache(store, { slotId, personalKey, keyring });
  return keyring;
}
