import { SealBroken } from '#shared/crypto/aead.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { warning } from './findings.ts';
import { loadGrantCache, sealGrantCache } from './keys/grant-cache.ts';
import { admitGrant, mayGrant } from './log/admit-grant.ts';
import { loadAnchor } from './log/anchor.ts';
import { openEntries } from './log/entry-rows.ts';
import { type Ledger, ledgerKey } from './log/ledger.ts';
import { renewUnit } from './log/unit-history.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';
import { openRow } from './store/sealed-rows.ts';
import { StoreNewer } from './store/store.ts';

/**
 * Opens what a slot's secrets open: the ledger and the unit's keys. The cases are loaded after, as a queue is asked for.
 * @throws StoreNewer when a newer Probity folded this log: it is left as it is
 */
export async function loadVault(opening: Opening): Promise<OpenVault> {
  const vault = await createOpenVault(opening);
  vault.log.ledger = await loadLedger(vault);
  if (vault.log.ledger.fold > vault.program.foldVersion) throw new StoreNewer();
  vault.log.anchor = await loadAnchor(vault).catch(() => null);
  warnIfSetBack(vault);
  await loadUnitKeys(vault);
  await renewUnit(vault);
  return vault;
}

function warnIfSetBack({ log: { anchor, ledger }, findings: { warnings } }: OpenVault): void {
  if (!anchor || anchor.position <= ledger.log.position) return;
  warnings.push(warning('set-back', ledger.log.position, { from: anchor.position, to: ledger.log.position }));
}

async function loadLedger(vault: OpenVault): Promise<Ledger> {
  const row = await vault.io.store.get('meta', ledgerKey);
  try {
    // Founding wrote the first one: a slot without a ledger means that rows were taken away.
    if (!row) throw new SealBroken('There is no ledger.');
    return await openRow<Ledger>(vault.member.storeKey, 'meta', row);
  } catch {
    vault.findings.warnings.push(warning('ledger-row', null));
  }
  return vault.log.ledger;
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
