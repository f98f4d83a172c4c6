import type { Digest } from '#shared/kernel/ids.ts';
import { hashEntry, verifyEntry } from '#shared/log/entry.ts';
import { emptyLogHash, extendHash } from '#shared/log/head.ts';
import { isOfThisFold, readCase } from '../cases/case-rows.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Row } from '../store/store.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { openEntries, type StoredEntry } from './entry-rows.ts';
import { emptyLedger } from './ledger.ts';

/** Rows read at a time while walking the log. */
const stride = 50;

interface WalkedEntry extends StoredEntry {
  readonly hash: Digest;
}

/** The stored log from its first entry, as far as it is whole. `broken` is the row where that ends, if it does. */
export async function* walkLog(vault: OpenVault): AsyncGenerator<{ entries: WalkedEntry[]; broken: Row | null }> {
  let { position, hash } = (await emptyLedger(vault.member.slot.unit)).log;
  for (;;) {
    const rows = await vault.io.store.after('entries', position, stride);
    if (rows.length === 0) return;
    const entries: WalkedEntry[] = [];
    let broken: Row | null = null;
    for (const row of rows) {
      const stored = row.key === position + 1 ? await openEntries(vault.member.storeKey, row).catch(() => null) : null;
      if (!stored) {
        broken = row;
        break;
      }
      for (const each of stored) {
        position += 1;
        const entryHash = hashEntry(each.entry);
        hash = await extendHash(hash, entryHash);
        entries.push({ ...each, hash: entryHash });
      }
    }
    yield { entries, broken };
    if (broken) return;
  }
}

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
