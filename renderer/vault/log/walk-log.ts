import { hashEntry } from '#shared/log/entry.ts';
import { extendHash } from '#shared/log/head.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Row } from '../store/store.ts';
import { openEntries } from './entry-rows.ts';
import { emptyLedger } from './ledger.ts';

/** Rows read at a time while walking the log. */
const stride = 50;

/** The stored log from its first entry, as far as it is whole. `broken` is the row where that ends, if it does. */
export async function* walkLog(vault: OpenVault): AsyncGenerator<{ entries: ConfirmedEntry[]; broken: Row | null }> {
  let { position, hash } = (await emptyLedger(vault.member.slot.unit)).log;
  for (;;) {
    const rows = await vault.io.store.after('entries', position, stride);
    if (rows.length === 0) return;
    const entries: ConfirmedEntry[] = [];
    let broken: Row | null = null;
    for (const row of rows) {
      const stored = row.key === position + 1 ? await openEntries(vault.member.storeKey, row).catch(() => null) : null;
      if (!stored) {
        broken = row;
        break;
      }
      for (const { entry } of stored) {
        position += 1;
        const entryHash = await hashEntry(entry);
        hash = await extendHash(hash, entryHash);
        entries.push({ position, entry, hash: entryHash });
      }
    }
    yield { entries, broken };
    if (broken) return;
  }
}
