import type { Host } from '#renderer/vault/host.ts';
import { deriveLabelKey, openSlot, openSlotRecord, type SlotSecrets } from '#renderer/vault/keys/slots.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';

/** What a member's own program can take out of their slot. @throws when there is no such member, or the words are others */
export async function slotSecretsOf(
  store: Store,
  host: Host,
  name: string,
  passphrase: string,
): Promise<{ readonly own: SlotSecrets; readonly slotId: string; readonly key: SigningKey }> {
  const device = await host.call('device.secret', {});
  if (!device.ok) throw new Error('no device');
  const secret = fromBase64url(device.reply.secret);
  const labelKey = await deriveLabelKey(secret);
  for (const row of await store.all('slots')) {
    const slotId = String(row.key);
    const record = await openSlotRecord(labelKey, row);
    const own = record.name === name ? await openSlot(slotId, record, passphrase, secret) : null;
    if (own) return { own, slotId, key: await importSigningKey(own.author, fromBase64url(own.signingKey)) };
  }
  throw new Error(`no slot of ${name}`);
}
