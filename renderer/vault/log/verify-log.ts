import { verifyEntry } from '#shared/log/entry.ts';
import { emptyLogHash, extendHash } from '#shared/log/head.ts';
import { isOfThisFold, readCase } from '../cases/case-rows.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { walkLog } from './walk-log.ts';

/** Checks everything stored: every seal, every signature, the chain against the signed head, every case's row. */
export async function verifyLog(vault: OpenVault): Promise<IntegrityWarning[]> {
  const found: IntegrityWarning[] = [];
  let position = 0;
  let hash = await emptyLogHash(vault.member.slot.unit);
  for await (const { entries, broken } of walkLog(vault)) {
    for (const item of entries) {
      ({ position } = item);
      hash = await extendHash(hash, item.hash);
      const verified = await verifyEntry(item.entry);
      if (!verified.ok) found.push(warning(verified.error.code, position));
    }
    if (broken) found.push(warning('entry-row-now', position + 1));
  }
  const { log } = vault.log.ledger;
  if (position !== log.position || hash !== log.hash) {
    found.push(warning('log-differs', position));
  }
  for (const indexed of vault.cases.confirmed.values()) {
    if (!isOfThisFold(vault.program, indexed)) continue;
    const { id, reference } = indexed.summary;
    await readCase(vault.io.store, vault.member.storeKey, indexed).catch(() => {
      found.push(warning('case-row', null, { reference }, id));
    });
  }
  return found;
}
