import { selectTrace } from '#shared/domain/assessment/resurfacing.ts';
import type { Held } from '../held.ts';
import { fault } from '../log/ledger.ts';
import { rebuild } from '../log/rebuild.ts';
import { readCase } from './case-rows.ts';
import { loadSummaries, sealPacked } from './summary-rows.ts';

/** More deltas than this, and they are folded into packed rows again. */
const mostDeltas = 500;
/** Average cases in a summary row below which the rows are too scattered to load fast. */
const leastPacked = 16;

/** Loads the summaries, and makes them again from the log when they do not account for every entry in it. */
export async function loadCases(held: Held): Promise<void> {
  const { cases, rows, deltas, broken } = await loadSummaries(held.store, held.storeKey);
  let entries = 0;
  for (const item of cases.values()) entries += item.entries;
  if (broken.length > 0 || entries !== held.ledger.caseEntries) {
    const detail =
      'Part of the queue was damaged, missing or set back on this computer. It was made again from the verified log.';
    held.warnings.push(fault('summary-row', null, detail));
    await rebuild(held);
    return;
  }
  held.confirmed.clear();
  for (const [id, item] of cases) held.confirmed.set(id, item);
  held.confirmedVersion += 1;
  held.version += 1;
  if (deltas > mostDeltas || (rows > 64 && cases.size / rows < leastPacked)) await repack(held);
}

async function repack({ store, storeKey, confirmed }: Held): Promise<void> {
  const old = (await store.all('summaries')).map(({ key }) => key);
  const put = await sealPacked(storeKey, [...confirmed.values()]);
  await store.commit([{ table: 'summaries', remove: old, put }]);
}

/** What an earlier version stored has no traces: each case is read once more, off the writer, and then all are packed. */
export async function completeTraces(held: Held): Promise<void> {
  const { confirmed, store, storeKey, writer } = held;
  let completed = 0;
  for (const [id, indexed] of [...confirmed]) {
    if (indexed.trace) continue;
    // Where it is damaged it is made again as it is opened.
    const state = await readCase(store, storeKey, indexed).catch(() => null);
    if (!state || confirmed.get(id) !== indexed) continue;
    confirmed.set(id, { ...indexed, trace: selectTrace(state) });
    completed += 1;
  }
  if (completed === 0) return;
  held.confirmedVersion += 1;
  await writer.add(() => repack(held));
}
