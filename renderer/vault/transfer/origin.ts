import type { StreamId } from '#shared/kernel/ids.ts';
import { openBody } from '#shared/log/body.ts';
import { transferOfStream } from '#shared/sync/transfer.ts';
import { openEntries } from '../log/entry-rows.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Origin } from '../transfer-api.ts';
import { openTransferred } from './unwrap.ts';

/** Read from the log each time: its first entry says it. Null for a referral that came from Crimestoppers. */
export async function originOf(vault: OpenVault, id: StreamId): Promise<Origin | null> {
  const [row] = await vault.io.store.ofStream(id);
  if (!row) return null;
  const transfer = transferOfStream(id);
  const stored = await openEntries(vault.member.storeKey, row).catch(() => []);
  const entry = stored.map((each) => each.entry).find(({ header }) => header.stream === id && header.id === transfer);
  if (entry?.header.author !== vault.member.slot.endpointKey) return null;
  const { keyring } = vault.member;
  const envelope = await openBody(entry, keyring.find, keyring.decapsulate);
  const { from, at, note } = await openTransferred(envelope, entry, keyring);
  return { transfer, from, at, note };
}
