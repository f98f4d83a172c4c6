import { loadGrantCache, sealGrantCache } from './keys/grant-cache.ts';
import { KeysByStream } from './keys/held-keys.ts';
import { entriesOfStream } from './log/entry-rows.ts';
import { loadLog } from './log/load-log.ts';
import { readOutboxRows } from './log/outbox.ts';
import { readEntries, waiting } from './log/read-entries.ts';
import { renewUnit } from './log/unit-history.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';

/**
 * Opens what a slot's secrets open: the ledger and the unit's keys. The cases are loaded after, as a queue is asked for.
 * @throws StoreNewer when a newer Probity folded this log: it is left as it is
 */
export async function loadVault(opening: Opening): Promise<OpenVault> {
  const vault = await createOpenVault(opening);
  await loadLog(vault);
  await loadUnitKeys(vault);
  await renewUnit(vault);
  return vault;
}

async function loadUnitKeys(vault: OpenVault): Promise<void> {
  const {
    io: { store },
    member: { personalKey, slotId, keyring },
    log: { ledger },
  } = vault;
  const cache = await loadGrantCache(store, personalKey, slotId);
  if (cache) await keyring.admit(cache.secrets);
  if (cache?.grants === ledger.grants) return;
  await readGrants(vault);
  const secrets = keyring.grantable();
  if (ledger.grants === 0 || !secrets) return;
  const row = await sealGrantCache(personalKey, slotId, { grants: ledger.grants, secrets });
  await store.commit([{ table: 'meta', put: [row] }]);
}

/** Reading a grant takes its keys: those of the unit's stream, which is short, and those that wait to be sent. */
async function readGrants(vault: OpenVault): Promise<void> {
  const { unitStream } = vault.log.ledger;
  const stored = unitStream ? await entriesOfStream(vault, unitStream) : [];
  const pending = (await readOutboxRows(vault)).flatMap(({ entry }) => (entry ? [{ entry, position: waiting }] : []));
  await readEntries(vault, [...stored, ...pending], new KeysByStream());
}
