import { warning } from '../findings.ts';
import { catchUp } from '../log/catch-up.ts';
import { rebuild } from '../log/rebuild.ts';
import type { OpenVault } from '../open-vault.ts';
import { keyIn, keysForReaders } from '../store/reader-rows.ts';
import { allIndexed, replaceIndex } from './case-index.ts';
import { loadSummaries, sealPacked } from './summary-rows.ts';

/** More deltas than this, and they are folded into packed rows again. */
const mostDeltas = 500;
/** Average cases in a summary row below which the rows are too scattered to load fast. */
const leastPacked = 16;

/**
 * Loads the summaries, and folds what came since. Makes them again from the log when they do not account for every entry in it,
 * or lack what keys that came since open.
 */
export async function loadCases(vault: OpenVault): Promise<void> {
  const { view, readership, ledger } = vault.log;
  if (view.stale || view.to > ledger.log.size) return rebuild(vault);
  const { cases, rows, deltas, broken } = await loadSummaries(vault.io.store, readership);
  let entries = 0;
  for (const item of cases) entries += item.entries;
  if (broken.length > 0 || entries !== view.caseEntries) {
    vault.findings.warnings.push(warning('summary-row', null));
    await rebuild(vault);
    return;
  }
  replaceIndex(vault.cases, cases, ledger.roster);
  await catchUp(vault);
  if (deltas > mostDeltas || (rows > 64 && cases.length / rows < leastPacked)) await repack(vault);
}

/** Writes all summaries anew in as few rows as they need, and takes away states that none of them names. */
export async function repack({ io: { store }, log: { readership }, cases }: OpenVault): Promise<void> {
  const all = allIndexed(cases);
  const named = new Set(all.map(({ at }) => keyIn(readership, at.key)));
  const [old, states] = await Promise.all([
    keysForReaders(store, readership, 'summaries'),
    keysForReaders(store, readership, 'cases'),
  ]);
  const put = await sealPacked(readership, all);
  await store.commit([
    { table: 'summaries', remove: old, put },
    { table: 'cases', remove: states.filter((key) => !named.has(key)) },
  ]);
}
