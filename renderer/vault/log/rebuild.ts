import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { extendHash } from '#shared/log/head.ts';
import { sealCases, toIndexed } from '../cases/case-rows.ts';
import { buildMatcher } from '../cases/matches.ts';
import { sealPacked } from '../cases/summary-rows.ts';
import type { Held } from '../held.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { foldConfirmed, startWork } from './fold-confirmed.ts';
import { readAll } from './ingest.ts';
import { countFaults, emptyLedger, fault, type Ledger, ledgerKey } from './ledger.ts';
import type { Reading } from './read-entry.ts';
import { walkLog } from './walk-log.ts';

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
    ...countFaults(blank, work.faults),
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
  const indexed = states.map((state) => toIndexed(state, cases.places));
  const keysOf = async (table: 'cases' | 'summaries') => (await store.all(table)).map(({ key }) => key);
  const lost = broken ? (await store.after('entries', Number(broken.key) - 1)).map(({ key }) => key) : [];
  const { log, head, tips, unit, unitStream, caseEntries, grants, faults, faultCounts, lastSynced } = ledger;
  const row = { log, head, tips, unit, unitStream, caseEntries, grants, faults, faultCounts, lastSynced };
  await store.commit([
    { table: 'entries', remove: lost },
    { table: 'cases', remove: await keysOf('cases'), put: cases.rows },
    { table: 'summaries', remove: await keysOf('summaries'), put: await sealPacked(storeKey, indexed) },
    { table: 'meta', put: [await sealRow(storeKey, 'meta', ledgerKey, row)] },
  ]);
  held.ledger = row;
  held.confirmed.clear();
  for (const item of indexed) held.confirmed.set(item.summary.id, item);
  held.confirmedVersion += 1;
  if (held.matcher) await buildMatcher(held);
  held.version += 1;
}
