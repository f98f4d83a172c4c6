import type { OpenVault } from '../open-vault.ts';
import { loadUnitHistory } from './unit-history.ts';

/** Who belongs to the unit, by this version of the fold. Needs the unit's keys. The next commit of the ledger keeps it. */
export async function renewUnit(vault: OpenVault): Promise<void> {
  const { ledger } = vault.log;
  const { foldVersion } = vault.program;
  if (ledger.fold === foldVersion) return;
  const unitAt = await loadUnitHistory(vault);
  vault.log.ledger = { ...ledger, unit: unitAt(ledger.log.position) ?? ledger.unit, fold: foldVersion };
}
