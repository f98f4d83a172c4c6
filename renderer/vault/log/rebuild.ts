import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { extendHash } from '#shared/log/head.ts';
import { replaceIndex } from '../cases/case-index.ts';
import { entriesOf, sealCases, toIndexed } from '../cases/case-rows.ts';
import { buildMatcher } from '../cases/matches.ts';
import { sealPacked } from '../cases/summary-rows.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { readAll } from './ingest.ts';
import { countFaults, emptyLedger, type Ledger, ledgerKey } from './ledger.ts';
import type { Reading } from './read-entry.ts';
import { walkLog } from './verify-log.ts';

/**
 * Makes everything that is projected from the log again: for when a stored projection is damaged, missing or set back.
 * Where a stored entry is damaged, keeps what precedes it; the endpoint supplies the rest again.
 */
export async function rebuild(vault: OpenVault): Promise<void> {
  const known = vault.log.ledger;
  const blank = await emptyLedger(vault.member.slot.unit);
  const folding = startFolding(blank);
  const at = foldContext(vault, () => null);
  const tips = new Map<AuthorKey, Digest>();
  let { position, hash } = blank.log;
  let broken: Row | null = null;
  for await (const step of walkLog(vault)) {
    const readings = await readAll(vault, step.entries);
    for (const [index, confirmed] of step.entries.entries()) {
      foldConfirmed(folding, tips, confirmed, readings[index] as Reading, at);
      ({ position } = confirmed);
      hash = await extendHash(hash, confirmed.hash);
    }
    broken = step.broken;
  }
  const states = [...folding.cases.values()];
  if (broken) vault.findings.warnings.push(warning('entry-row', position + 1));
  const ledger: Ledger = {
    log: { position, hash },
    head: position === known.log.position ? known.head : null,
    tips: [...tips],
    unit: folding.unit,
    unitStream: folding.unitStream,
    caseEntries: states.reduce((sum, state) => sum + entriesOf(state), 0),
    grants: folding.grants,
    ...countFaults(blank, folding.faults),
    lastSynced: known.lastSynced,
    fold: vault.program.foldVersion,
    newer: { count: folding.newerCount, streams: [...folding.newerStreams] },
  };
  await replaceProjections(vault, ledger, states, broken);
}

/** One commit: until it succeeds, what was there stands. */
async function replaceProjections(
  vault: OpenVault,
  ledger: Ledger,
  states: readonly CaseState[],
  broken: Row | null,
): Promise<void> {
  const { store } = vault.io;
  const { storeKey } = vault.member;
  const cases = await sealCases(storeKey, states, []);
  const indexed = states.map((state) => toIndexed(vault.program, state, cases.addresses));
  const lost = broken ? (await store.after('entries', Number(broken.key) - 1)).map(({ key }) => key) : [];
  await store.commit([
    { table: 'entries', remove: lost },
    { table: 'cases', remove: await store.keys('cases'), put: cases.rows },
    { table: 'summaries', remove: await store.keys('summaries'), put: await sealPacked(storeKey, indexed) },
    { table: 'meta', put: [await sealRow(storeKey, 'meta', ledgerKey, ledger)] },
  ]);
  vault.log.ledger = ledger;
  replaceIndex(vault.cases, indexed);
  if (vault.matching.matcher) await buildMatcher(vault);
}
