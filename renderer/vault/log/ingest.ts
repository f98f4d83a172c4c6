import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import type { AcceptedPage, ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { type IndexedCase, readCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { learn } from '../cases/matches.ts';
import { sealDeltas, sealPacked } from '../cases/summary-rows.ts';
import type { Held, PendingEntry } from '../held.ts';
import { sealGrantCache } from '../keys/grant-cache.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import { admitGrant, mayGrant } from './admit-grant.ts';
import { nextAnchor, sealAnchor } from './anchor.ts';
import { sealEntries } from './entry-rows.ts';
import type { Work } from './fold.ts';
import { foldConfirmed, startWork } from './fold-confirmed.ts';
import { countFaults, fault, type Ledger, ledgerKey } from './ledger.ts';
import { type Reading, readEntry } from './read-entry.ts';
import { rebuildCase } from './rebuild-case.ts';

/**
 * Brings a page that `acceptPage` believed into the store: reads, folds and seals in memory, then one commit, then
 * memory. A crash before the commit leaves the store as it was; the page comes again.
 */
export async function ingest(held: Held, page: AcceptedPage): Promise<void> {
  const readings = await readAll(held, page.entries);
  const before = await casesBefore(held, page.entries);
  const work = startWork(held.ledger);
  const tips = new Map<AuthorKey, Digest>(held.ledger.tips);
  for (const [index, confirmed] of page.entries.entries()) {
    foldConfirmed(held, work, tips, confirmed, readings[index] as Reading, before);
  }
  await commitWork(held, page, work, tips, before);
}

/** Grants to this member first: what follows in the same page may be sealed with the keys that they bring. */
export async function readAll(held: Held, entries: readonly ConfirmedEntry[]): Promise<Reading[]> {
  for (const { entry } of entries) if (mayGrant(held, entry.header.author)) await admitGrant(held, entry);
  return Promise.all(entries.map(({ entry }) => readEntry(entry, held, true)));
}

async function casesBefore(held: Held, entries: readonly ConfirmedEntry[]): Promise<Map<StreamId, CaseState>> {
  const before = new Map<StreamId, CaseState>();
  for (const stream of new Set(entries.map(({ entry }) => entry.header.stream))) {
    const indexed = held.confirmed.get(stream);
    if (!indexed) continue;
    const state = await readCase(held.store, held.storeKey, indexed).catch(() => rebuildCase(held, stream));
    if (state) before.set(stream, state);
  }
  return before;
}

/** Seals first, outside any transaction: awaiting WebCrypto inside one may let it commit early. */
async function commitWork(
  held: Held,
  page: AcceptedPage,
  work: Work,
  tips: ReadonlyMap<AuthorKey, Digest>,
  before: ReadonlyMap<StreamId, CaseState>,
): Promise<void> {
  const { storeKey } = held;
  const fresh = [...work.cases.values()].filter(({ id }) => !before.has(id));
  const changed = [...work.cases.values()].filter(({ id }) => before.has(id));
  const cases = await sealCases(storeKey, fresh, changed);
  const index = (state: CaseState): IndexedCase => toIndexed(state, cases.places);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const sent = sentWith(held, page, work);
  const waiting = held.outbox.filter((pending) => !sent.includes(pending));
  const ledger = nextLedger(held, page, work, tips);
  const anchor = nextAnchor(held, page.log);
  const grants = await grantCacheRows(held, ledger);
  const [entryRows, packed, deltas, ledgerRow, anchorRow] = await Promise.all([
    sealEntries(storeKey, page.entries),
    sealPacked(storeKey, freshIndex),
    sealDeltas(storeKey, changedIndex),
    sealRow(storeKey, 'meta', ledgerKey, ledger),
    sealAnchor(held, anchor),
  ]);
  await held.store.commit([
    { table: 'entries', put: entryRows },
    { table: 'cases', put: cases.rows },
    { table: 'summaries', put: [...packed, ...deltas] },
    { table: 'outbox', remove: sent.map(({ row }) => row) },
    { table: 'meta', put: [ledgerRow, anchorRow, ...grants] },
  ]);
  held.ledger = ledger;
  held.anchor = anchor;
  held.outbox = waiting;
  for (const item of [...freshIndex, ...changedIndex]) {
    held.confirmed.set(item.summary.id, item);
    learn(held, item);
  }
  held.confirmedVersion += 1;
}

/** Own entries that the page confirms: the very same bytes. Another entry under an own id leaves the own one waiting. */
function sentWith(held: Held, page: AcceptedPage, work: Work): PendingEntry[] {
  const confirmed = new Map(page.entries.map(({ entry, hash, position }) => [entry.header.id, { hash, position }]));
  return held.outbox.filter(({ entry, hash }) => {
    const found = confirmed.get(entry.header.id);
    if (!found || found.hash === hash) return found !== undefined;
    const detail = `Entry ${found.position} bears the id of one that was saved here, with other content. Yours is kept and sent again.`;
    work.faults.push(fault('entry-replaced', found.position, detail, entry.header.stream));
    held.mustRejoin = true;
    return false;
  });
}

/** With a new grant in the log, this member's cache of the unit's keys is written anew in the same commit. */
async function grantCacheRows({ keyring, personalKey, slotId, ledger }: Held, next: Ledger): Promise<Row[]> {
  const secrets = keyring.grantable();
  if (next.grants === ledger.grants || secrets.epochs.length === 0) return [];
  return [await sealGrantCache(personalKey, slotId, { grants: next.grants, secrets })];
}

function nextLedger(held: Held, page: AcceptedPage, work: Work, tips: ReadonlyMap<AuthorKey, Digest>): Ledger {
  return {
    log: page.log,
    head: page.head,
    tips: [...tips],
    unit: work.unit,
    unitStream: work.unitStream,
    caseEntries: work.caseEntries,
    grants: work.grants,
    ...countFaults(held.ledger, work.faults),
    lastSynced: new Date(held.clock.now()).toISOString(),
  };
}
