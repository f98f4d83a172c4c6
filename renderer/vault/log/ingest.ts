import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import type { AcceptedPage, ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { entriesWith, indexCases } from '../cases/case-index.ts';
import { type IndexedCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { readIndexed } from '../cases/current-case.ts';
import { learn } from '../cases/matches.ts';
import { sealDeltas, sealPacked } from '../cases/summary-rows.ts';
import { warning } from '../findings.ts';
import { sealGrantCache } from '../keys/grant-cache.ts';
import type { OpenVault } from '../open-vault.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { admitGrant, mayGrant } from './admit-grant.ts';
import { nextAnchor, sealAnchor } from './anchor.ts';
import { type StoredEntry, sealEntries } from './entry-rows.ts';
import type { Folding } from './fold.ts';
import { beforeIn, foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { countFaults, type Ledger, ledgerKey } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { type Reading, readEntry } from './read-entry.ts';
import { requireRejoin } from './rejoin.ts';

/**
 * Brings a page that `acceptPage` believed into the store: reads, folds and seals in memory, then one commit, then
 * memory. A crash before the commit leaves the store as it was; the page comes again.
 */
export async function ingest(vault: OpenVault, page: AcceptedPage): Promise<void> {
  const readings = await readAll(vault, page.entries);
  const before = await casesBefore(vault, page.entries);
  const folding = startFolding(vault.log.ledger);
  const tips = new Map<AuthorKey, Digest>(vault.log.ledger.tips);
  const at = foldContext(vault, beforeIn(before));
  const stored = page.entries.map((confirmed, index) => ({
    ...confirmed,
    voidCode: foldConfirmed(folding, tips, confirmed, readings[index] as Reading, at),
  }));
  await commit(vault, page, stored, folding, tips, before);
}

/** Grants to this member first: what follows in the same page may be sealed with the keys that they bring. */
export async function readAll(vault: OpenVault, entries: readonly ConfirmedEntry[]): Promise<Reading[]> {
  for (const { entry } of entries) if (mayGrant(vault, entry.header.author)) await admitGrant(vault, entry);
  return Promise.all(entries.map(({ entry }) => readEntry(entry, vault, true)));
}

async function casesBefore(
  vault: OpenVault,
  entries: readonly ConfirmedEntry[],
): Promise<ReadonlyMap<StreamId, CaseState>> {
  const before = new Map<StreamId, CaseState>();
  for (const stream of new Set(entries.map(({ entry }) => entry.header.stream))) {
    const indexed = vault.cases.confirmed.get(stream);
    const state = indexed && (await readIndexed(vault, indexed));
    if (state) before.set(stream, state);
  }
  return before;
}

/** Seals first, outside any transaction: awaiting WebCrypto inside one may let it commit early. */
async function commit(
  vault: OpenVault,
  page: AcceptedPage,
  stored: readonly StoredEntry[],
  folding: Folding,
  tips: ReadonlyMap<AuthorKey, Digest>,
  before: ReadonlyMap<StreamId, CaseState>,
): Promise<void> {
  const { storeKey } = vault.member;
  const fresh = [...folding.cases.values()].filter(({ id }) => !before.has(id));
  const changed = [...folding.cases.values()].filter(({ id }) => before.has(id));
  const cases = await sealCases(storeKey, fresh, changed);
  const index = (state: CaseState): IndexedCase => toIndexed(vault.program, state, cases.addresses);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const sent = sentWith(vault, page, folding);
  const waiting = vault.log.outbox.filter((pending) => !sent.includes(pending));
  const touched = [...freshIndex, ...changedIndex];
  const ledger = nextLedger(vault, page, folding, tips, entriesWith(vault.cases, touched));
  const anchor = nextAnchor(vault, page.log);
  const grants = await grantCacheRows(vault, ledger);
  const [entryRows, packed, deltas, ledgerRow, anchorRow] = await Promise.all([
    sealEntries(storeKey, stored),
    sealPacked(storeKey, freshIndex),
    sealDeltas(storeKey, changedIndex),
    sealRow(storeKey, 'meta', ledgerKey, ledger),
    sealAnchor(vault, anchor),
  ]);
  await vault.io.store.commit([
    { table: 'entries', put: entryRows },
    { table: 'cases', put: cases.rows },
    { table: 'summaries', put: [...packed, ...deltas] },
    { table: 'outbox', remove: sent.map(({ row }) => row) },
    { table: 'meta', put: [ledgerRow, anchorRow, ...grants] },
  ]);
  vault.log.ledger = ledger;
  vault.log.anchor = anchor;
  vault.log.outbox = waiting;
  indexCases(vault.cases, touched);
  for (const item of touched) learn(vault, item);
}

/** Own entries that the page confirms: the very same bytes. Another entry under an own id leaves the own one waiting. */
function sentWith(vault: OpenVault, page: AcceptedPage, folding: Folding): PendingEntry[] {
  const confirmed = new Map(page.entries.map(({ entry, hash, position }) => [entry.header.id, { hash, position }]));
  return vault.log.outbox.filter(({ entry, hash }) => {
    const found = confirmed.get(entry.header.id);
    if (!found || found.hash === hash) return found !== undefined;
    folding.faults.push(warning('entry-replaced', found.position, {}, entry.header.stream));
    requireRejoin(vault);
    return false;
  });
}

/** With a new grant in the log, this member's cache of the unit's keys is written anew in the same commit. */
async function grantCacheRows({ member, log }: OpenVault, next: Ledger): Promise<Row[]> {
  const secrets = member.keyring.grantable();
  if (next.grants === log.ledger.grants || secrets.epochs.length === 0) return [];
  return [await sealGrantCache(member.personalKey, member.slotId, { grants: next.grants, secrets })];
}

function nextLedger(
  vault: OpenVault,
  page: AcceptedPage,
  folding: Folding,
  tips: ReadonlyMap<AuthorKey, Digest>,
  caseEntries: number,
): Ledger {
  return {
    log: page.log,
    head: page.head,
    tips: [...tips],
    unit: folding.unit,
    unitStream: folding.unitStream,
    caseEntries,
    grants: folding.grants,
    ...countFaults(vault.log.ledger, folding.faults),
    lastSynced: new Date(vault.io.clock.now()).toISOString(),
    fold: vault.program.foldVersion,
    newer: { count: folding.newerCount, streams: [...folding.newerStreams] },
  };
}
