import { SealBroken } from '#shared/crypto/aead.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { createHeld, type Held, type Opening } from './held.ts';
import { loadGrantCache, sealGrantCache } from './keys/grant-cache.ts';
import { admitGrant, mayGrant } from './log/admit-grant.ts';
import { loadAnchor } from './log/anchor.ts';
import { openEntries } from './log/entry-rows.ts';
import { fault, type Ledger, ledgerKey } from './log/ledger.ts';
import { openRow } from './store/sealed-rows.ts';

/** Opens what a slot's secrets open: the ledger and the unit's keys. The cases are loaded after, as a queue is asked for. */
export async function openVault(opening: Opening): Promise<Held> {
  const held = await createHeld(opening);
  held.ledger = await loadLedger(held);
  held.anchor = await loadAnchor(held).catch(() => null);
  warnIfSetBack(held);
  await loadUnitKeys(held);
  return held;
}

function warnIfSetBack({ anchor, ledger, warnings }: Held): void {
  if (!anchor || anchor.position <= ledger.log.position) return;
  const detail = `What is stored of the log on this computer was set back from entry ${anchor.position} to ${ledger.log.position}. It is fetched and checked again from the endpoint.`;
  warnings.push(fault('set-back', ledger.log.position, detail));
}

async function loadLedger(held: Held): Promise<Ledger> {
  const row = await held.store.get('meta', ledgerKey);
  try {
    // Founding wrote the first one: a slot without a ledger means that rows were taken away.
    if (!row) throw new SealBroken('There is no ledger.');
    return await openRow<Ledger>(held.storeKey, 'meta', row);
  } catch {
    held.warnings.push(
      fault(
        'ledger-row',
        null,
        'The record of how far the log was read is damaged or missing. It is fetched and checked again from the endpoint.',
      ),
    );
  }
  return held.ledger;
}

async function loadUnitKeys(held: Held): Promise<void> {
  const { store, personalKey, slotId, ledger, keyring } = held;
  const cache = await loadGrantCache(store, personalKey, slotId);
  if (cache) await keyring.admit(cache.secrets);
  if (cache?.grants === ledger.grants) return;
  await admitGrants(held);
  const secrets = keyring.grantable();
  if (ledger.grants === 0 || secrets.epochs.length === 0) return;
  const row = await sealGrantCache(personalKey, slotId, { grants: ledger.grants, secrets });
  await store.commit([{ table: 'meta', put: [row] }]);
}

/** What stands in the outbox was written here, under a seal that only members of this workstation can make. */
async function admitGrants(held: Held): Promise<void> {
  const trusted = (entry: Entry): boolean => mayGrant(held, entry.header.author);
  const entries = [...(await unitEntries(held)).filter(trusted), ...(await outboxEntries(held))];
  for (const entry of entries) await admitGrant(held, entry);
}

async function unitEntries({ ledger, store, storeKey }: Held): Promise<Entry[]> {
  if (!ledger.unitStream) return [];
  const rows = await store.ofStream(ledger.unitStream);
  const opened = await Promise.all(rows.map((row) => openEntries(storeKey, row).catch(() => [])));
  return opened.flat().map(({ entry }) => entry);
}

async function outboxEntries({ store, storeKey }: Held): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const row of await store.after('outbox', 0)) {
    const wire = await openRow<WireEntry>(storeKey, 'outbox', row).catch(() => null);
    const entry = parseEntry(wire);
    if (entry.ok) entries.push(entry.value);
  }
  return entries;
}
