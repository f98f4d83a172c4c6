import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { extendHash } from '#shared/log/head.ts';
import { replaceIndex } from '../cases/case-index.ts';
import { type IndexedCase, type StoredCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { buildMatcher } from '../cases/matches.ts';
import { sealPacked } from '../cases/summary-rows.ts';
import { warning } from '../findings.ts';
import { KeysByStream } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { admitGenerations, foldRoster } from './fold-roster.ts';
import { judgeEntries } from './judge-entries.ts';
import { countFaults, emptyLedger, type Ledger, ledgerKey, otherKeys } from './ledger.ts';
import { readEntries } from './read-entries.ts';
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
  const keys = new KeysByStream();
  let { position, hash } = blank.log;
  let broken: Row | null = null;
  for await (const step of walkLog(vault)) {
    const judged = await judgeEntries(step.entries, tips);
    const roster = await foldRoster(vault, folding.roster, judged);
    await admitGenerations(vault, roster);
    folding.faults.push(...roster.faults);
    folding.newerCount += roster.newer;
    for (const each of await readEntries(vault, judged, keys)) {
      foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
      ({ position } = each);
      hash = await extendHash(hash, each.hash);
    }
    broken = step.broken;
  }
  if (broken) vault.findings.warnings.push(warning('entry-row', position + 1));
  const { storeKey } = vault.member;
  const all = [...folding.cases.values()].map((state): StoredCase => ({ state, keys: keys.of(state.id) }));
  const sealed = await sealCases(storeKey, all, []);
  const indexed = all.map(({ state }) => toIndexed(vault.program, state, sealed.addresses, folding.faults));
  const ledger: Ledger = {
    log: { position, hash },
    head: position === known.log.position ? known.head : null,
    tips: [...tips],
    roster: folding.roster,
    names: folding.names,
    keys: otherKeys(blank, keys, (id) => folding.cases.has(id)),
    caseEntries: indexed.reduce((sum, { entries }) => sum + entries, 0),
    ...countFaults(blank, folding.faults),
    lastSynced: known.lastSynced,
    fold: vault.program.foldVersion,
    newer: { count: folding.newerCount, streams: [...folding.newerStreams] },
  };
  await replaceProjections(vault, ledger, sealed.rows, indexed, broken);
}

/** One commit: until it succeeds, what was there stands. */
async function replaceProjections(
  vault: OpenVault,
  ledger: Ledger,
  cases: readonly Row[],
  indexed: readonly IndexedCase[],
  broken: Row | null,
): Promise<void> {
  const { store } = vault.io;
  const { storeKey } = vault.member;
  const lost = broken ? (await store.after('entries', Number(broken.key) - 1)).map(({ key }) => key) : [];
  await store.commit([
    { table: 'entries', remove: lost },
    { table: 'cases', remove: await store.keys('cases'), put: cases },
    { table: 'summaries', remove: await store.keys('summaries'), put: await sealPacked(storeKey, indexed) },
    { table: 'meta', put: [await sealRow(storeKey, 'meta', ledgerKey, ledger)] },
  ]);
  vault.log.ledger = ledger;
  replaceIndex(vault.cases, indexed);
  if (vault.matching.matcher) await buildMatcher(vault);
}
