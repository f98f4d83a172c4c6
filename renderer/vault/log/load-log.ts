import { SealBroken } from '#shared/crypto/aead.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow } from '../store/sealed-rows.ts';
import { StoreNewer } from '../store/store.ts';
import { loadAnchor } from './anchor.ts';
import { type Ledger, ledgerKey } from './ledger.ts';

/** How far the log was read, and how far this member saw it. @throws StoreNewer */
export async function loadLog(vault: OpenVault): Promise<void> {
  const { log, program } = vault;
  log.ledger = await loadLedger(vault);
  if (log.ledger.fold > program.foldVersion) throw new StoreNewer();
  log.anchor = await loadAnchor(vault).catch(() => null);
  warnIfSetBack(vault);
}

function warnIfSetBack({ log: { anchor, ledger }, findings: { warnings } }: OpenVault): void {
  const { size } = ledger.log;
  if (!anchor || anchor.size <= size) return;
  warnings.push(warning('set-back', size, { from: anchor.size, to: size }));
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
