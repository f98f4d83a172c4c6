import { verifyEntry } from '#shared/log/entry.ts';
import { emptyLogHash, extendHash } from '#shared/log/head.ts';
import { readCase } from '../cases/case-rows.ts';
import type { Held } from '../held.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { fault } from './ledger.ts';
import { walkLog } from './walk-log.ts';

/** Checks everything stored: every seal, every signature, the chain against the signed head, every case's row. */
export async function verifyLog(held: Held): Promise<IntegrityWarning[]> {
  const found: IntegrityWarning[] = [];
  let position = 0;
  let hash = await emptyLogHash(held.slot.unit);
  for await (const { entries, broken } of walkLog(held)) {
    for (const item of entries) {
      ({ position } = item);
      hash = await extendHash(hash, item.hash);
      const verified = await verifyEntry(item.entry);
      if (!verified.ok) found.push(fault(verified.error.code, position, `Entry ${position}: ${verified.error.detail}`));
    }
    if (broken) found.push(fault('entry-row', position + 1, `Entry ${position + 1} is damaged on this computer.`));
  }
  const { log } = held.ledger;
  if (position !== log.position || hash !== log.hash) {
    found.push(
      fault('log-differs', position, 'The entries on this computer are not those that were verified when they came.'),
    );
  }
  for (const indexed of held.confirmed.values()) {
    const { id, reference } = indexed.summary;
    await readCase(held.store, held.storeKey, indexed).catch(() => {
      found.push(
        fault('case-row', null, `What is stored of ${reference} is damaged. It is read from its entries instead.`, id),
      );
    });
  }
  return found;
}
