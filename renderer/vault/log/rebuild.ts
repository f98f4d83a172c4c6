import { summarise } from '#shared/domain/case/case-summary.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { extendHash } from '#shared/log/head.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { type IndexedCase, sealCases } from '../cases/case-rows.ts';
import { sealPacked } from '../cases/summary-rows.ts';
import type { Held } from '../held.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { openEntries } from './entry-rows.ts';
import { foldConfirmed, readAll, startWork } from './ingest.ts';
import { emptyLedger, fault, type Ledger, ledgerKey, mostFaults } from './ledger.ts';
import type { Reading } from './read-entry.ts';

/** Rows read at a time while walking the log. */
const stride = 50;

/** The stored log from its first entry, as far as it is whole. `broken` is the row where that ends, if it does. */
export async function* walkLog(held: Held): AsyncGenerator<{ entries: ConfirmedEntry[]; broken: Row | null }> {
  let { position, hash } = (await emptyLedger(held.slot.unit)).log;
  for (;;) {
    const rows = await held.store.after('entries', position, stride);
    if (rows.length === 0) return;
    const entries: ConfirmedEntry[] = [];
    let broken: Row | null = null;
    for (const row of rows) {
      const stored = row.key === position + 1 ? await openEntries(held.storeKey, row).catch(() => null) : null;
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

/**
 * Makes everything that is projected from the log again: for when a stored projection is damaged, missing or set back.
 * Where a stored entry is damaged, keeps what precedes it; the endpoint supplies the rest again.
 */
export async function rebuild(held: Held): Promise<void> {
  const known = held.ledger;
  const blank = await emptyLedger(held.slot.unit);
  const work = startWork(blank);
  const tips = new Map<AuthorKey, Digest>();
  let { position, hash } = blank.log;
  let broken: Row | null = null;
  for await (const step of walkLog(held)) {
    const readings = await readAll(held, step.entries);
    for (const [index, confirmed] of step.entries.entries()) {
      foldConfirmed(held, work, tips, confirmed, readings[index] as Reading, new Map());
      ({ position } = confirmed);
      hash = await extendHash(hash, confirmed.hash);
    }
    broken = step.broken;
  }
  if (broken) {
    const detail = `Entry ${position + 1} and what follows were damaged on this computer. They are fetched and checked again from the endpoint; nothing confirmed is lost.`;
    held.warnings.push(fault('entry-row', position + 1, detail));
  }
  const ledger: Ledger = {
    ...work,
    faults: work.faults.slice(0, mostFaults),
    log: { position, hash },
    head: position === known.log.position ? known.head : null,
    tips: [...tips],
    lastSynced: known.lastSynced,
  };
  await replaceProjections(held, ledger, [...work.cases.values()], broken);
}

/** One commit: until it succeeds, what was there stands. */
async function replaceProjections(
  held: Held,
  ledger: Ledger,
  states: Parameters<typeof sealCases>[1],
  broken: Row | null,
): Promise<void> {
  const { store, storeKey } = held;
  const cases = await sealCases(storeKey, states, []);
  const indexed = states.map((state): IndexedCase => {
    const place = cases.places.get(state.id) ?? { key: state.id, line: 0 };
    return { summary: summarise(state), place, entries: state.activity.length };
  });
  const keysOf = async (table: 'cases' | 'summaries') => (await store.all(table)).map(({ key }) => key);
  const lost = broken
    ? (await store.after('entries', Number(broken.key) - 1, Number.MAX_SAFE_INTEGER)).map(({ key }) => key)
    : [];
  const { log, head, tips, unit, unitStream, caseEntries, grants, faults, lastSynced } = ledger;
  const row = { log, head, tips, unit, unitStream, caseEntries, grants, faults, lastSynced };
  await store.commit([
    { table: 'entries', remove: lost },
    { table: 'cases', remove: await keysOf('cases'), put: cases.rows },
    { table: 'summaries', remove: await keysOf('summaries'), put: await sealPacked(storeKey, indexed) },
    { table: 'meta', put: [await sealRow(storeKey, 'meta', ledgerKey, row)] },
  ]);
  held.ledger = row;
  held.confirmed.clear();
  for (const item of indexed) held.confirmed.set(item.summary.id, item);
  held.version += 1;
}
