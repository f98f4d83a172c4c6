import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { Position } from '#shared/kernel/ids.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import { allIndexed } from '../cases/case-index.ts';
import { isOfThisFold, readCase } from '../cases/case-rows.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Row } from '../store/store.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { openEntries, type StoredEntry } from './entry-rows.ts';
import { Regrown } from './regrown.ts';
import { storedTiles } from './tree-rows.ts';

/** Rows read at a time while walking the log. */
const stride = 50;

/**
 * The stored log, as far as it is whole. `broken` is the row where that ends, if it does.
 * @param from the position before the first, where a row ends
 */
export async function* walkLog(
  vault: OpenVault,
  from: Position = 0,
): AsyncGenerator<{ entries: StoredEntry[]; broken: Row | null }> {
  let position = from;
  for (;;) {
    const rows = await vault.io.store.after('entries', position, stride);
    if (rows.length === 0) return;
    const entries: StoredEntry[] = [];
    let broken: Row | null = null;
    for (const row of rows) {
      const stored = row.key === position + 1 ? await openEntries(vault.member.storeKey, row).catch(() => null) : null;
      if (!stored) {
        broken = row;
        break;
      }
      entries.push(...stored);
      position += stored.length;
    }
    yield { entries, broken };
    if (broken) return;
  }
}

/** Checks everything stored: every seal, every signature, the tree against its signed checkpoint, every case's row. */
export async function verifyLog(vault: OpenVault): Promise<IntegrityWarning[]> {
  const { log } = vault.log.ledger;
  const found = await verifyOnce(vault);
  if (vault.log.ledger.log === log) return found;
  // What came in meanwhile was read in part: again, and nothing comes in now.
  return vault.io.writer.add(() => verifyOnce(vault));
}

async function verifyOnce(vault: OpenVault): Promise<IntegrityWarning[]> {
  const found: IntegrityWarning[] = [];
  let position = 0;
  const regrown = new Regrown();
  for await (const { entries, broken } of walkLog(vault)) {
    await regrown.add(entries);
    for (const item of entries) {
      ({ position } = item);
      const verified = await verifyEntry(item.entry);
      if (!verified.ok) found.push(warning(verified.error.code, position));
    }
    if (broken) found.push(warning('entry-row-now', position + 1));
  }
  const { size, root } = vault.log.ledger.log;
  const isSame = position === size && sameBytes(await regrown.rootAt(size), fromBase64url(root));
  if (!isSame) found.push(warning('log-differs', position));
  else if (!(await areStored(vault, regrown))) found.push(warning('tree-rows', null));
  for (const indexed of allIndexed(vault.cases)) {
    if (!isOfThisFold(vault.program, indexed)) continue;
    const { id, reference } = indexed.summary;
    await readCase(vault.io.store, vault.log.readership, indexed).catch(() => {
      found.push(warning('case-row', null, { reference }, id));
    });
  }
  return found;
}

/** Whether the tiles on disk are those of the log. The next exchange makes them again where they are not. */
async function areStored(vault: OpenVault, { tiles }: Regrown): Promise<boolean> {
  const reader = storedTiles(vault);
  for (const { tile, bytes } of tiles) {
    const [stored] = await reader.readTiles([tile]).catch(() => []);
    if (!stored || !sameBytes(stored, bytes)) return false;
  }
  return true;
}
