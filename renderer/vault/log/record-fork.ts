import type { Fork } from '#shared/log/seen.ts';
import type { OpenVault } from '../open-vault.ts';
import { sealLedger } from './ledger.ts';

/** Kept, so that nothing is exchanged after a restart either. What is in the log as it was read here stands. */
export async function recordFork(vault: OpenVault, fork: Fork): Promise<void> {
  const ledger = { ...vault.log.ledger, fork };
  await vault.io.store.commit([{ table: 'meta', put: [await sealLedger(vault.member.storeKey, ledger)] }]);
  vault.log.ledger = ledger;
}
