import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { loadGrantCache, sealGrantCache } from './keys/grant-cache.ts';
import { admitGrant, mayGrant } from './log/admit-grant.ts';
import { openEntries } from './log/entry-rows.ts';
import { loadLog } from './log/load-log.ts';
import { renewUnit } from './log/unit-history.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';
import { openRow } from './store/sealed-rows.ts';

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
  await admitGrants(vault);
  const secrets = keyring.grantable();
  if (ledger.grants === 0 || secrets.epochs.length === 0) return;
  const row = await sealGrantCache(personalKey, slotId, { grants: ledger.grants, secrets });
  await store.commit([{ table: 'meta', put: [row] }]);
}

/** What stands in the outbox was written here, under a seal that only members of this workstation can make. */
async function admitGrants(vault: OpenVault): Promise<void> {
  const trusted = (entry: Entry): boolean => mayGrant(vault, entry.header.author);
  const entries = [...(await unitEntries(vault)).filter(trusted), ...(await outboxEntries(vault))];
  for (const entry of entries) await admitGrant(vault, entry);
}

async function unitEntries({ log: { ledger }, io: { store }, member: { storeKey } }: OpenVault): Promise<Entry[]> {
  if (!ledger.unitStream) return [];
  const rows = await store.ofStream(ledger.unitStream);
  const opened = await Promise.all(rows.map((row) => openEntries(storeKey, row).catch(() => [])));
  return opened.flat().map(({ entry }) => entry);
}

async function outboxEntries({ io: { store }, member: { storeKey } }: OpenVault): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const row of await store.after('outbox', 0)) {
    const wire = await openRow<WireEntry>(storeKey, 'outbox', row).catch(() => null);
    const entry = parseEntry(wire);
    if (entry.ok) entries.push(entry.value);
  }
  return entries;
}
