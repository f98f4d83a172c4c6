import { SealBroken } from '#shared/crypto/aead.ts';
import { warning } from '../findings.ts';
import { findReadership, followingReadership, newReadership, sealReadership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow } from '../store/sealed-rows.ts';
import { StoreFull, StoreNewer } from '../store/store.ts';
import { loadAnchor } from './anchor.ts';
import { type Ledger, ledgerKey } from './ledger.ts';
import { emptyView } from './view.ts';
import { loadView, sealView } from './view-row.ts';

/** How far the log was read, and how far this member saw it. @throws StoreNewer */
export async function loadLedger(vault: OpenVault): Promise<void> {
  const { log, program } = vault;
  log.ledger = await readLedger(vault);
  if (log.ledger.fold > program.foldVersion) throw new StoreNewer();
  log.anchor = await loadAnchor(vault).catch(() => null);
  warnIfSetBack(vault);
}

function warnIfSetBack({ log: { anchor, ledger }, findings: { warnings } }: OpenVault): void {
  const { size } = ledger.log;
  if (!anchor || anchor.size <= size) return;
  warnings.push(warning('set-back', size, { from: anchor.size, to: size }));
}

async function readLedger(vault: OpenVault): Promise<Ledger> {
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

/**
 * What was read with the keys that this member holds. What keys that came since open was passed over; where nobody here held
 * any of them before there is nothing yet, and the stored log is read from its beginning. @throws StoreNewer
 */
export async function loadReadership(vault: OpenVault): Promise<void> {
  const { io, member, log, program } = vault;
  const { storeKey, keyring } = member;
  const isAlone = log.ledger.alone.includes(keyring.own.device);
  const found = await findReadership(io.store, storeKey, keyring, isAlone);
  const view = found && (await loadView(io.store, found).catch(() => null));
  if (found && !view) vault.findings.warnings.push(warning('ledger-row', null));
  const known = view ?? { ...emptyView, stale: found !== null };
  if (known.fold > program.foldVersion) throw new StoreNewer();
  log.readership = found ? await followingReadership(found, keyring) : await newReadership(keyring, isAlone);
  if (log.readership === found) {
    log.view = known;
    return;
  }
  log.view = { ...known, stale: known.stale || known.lacked.length > 0 };
  const rows = [await sealReadership(storeKey, log.readership, keyring), await sealView(log.readership, log.view)];
  await io.store.commit([{ table: 'meta', put: rows }]).catch((error: unknown) => {
    // It is found out again the next time.
    if (!(error instanceof StoreFull)) throw error;
  });
}
