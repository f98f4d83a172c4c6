import type { CaseState } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { may } from '#shared/domain/unit/roles.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import { followsItsAuthor } from '#shared/log/chain.ts';
import type { AcceptedPage, ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { type IndexedCase, readCase, sealCases } from '../cases/case-rows.ts';
import { sealDeltas, sealPacked } from '../cases/summary-rows.ts';
import type { Held } from '../held.ts';
import { sealRow } from '../store/sealed-rows.ts';
import { sealEntries } from './entry-rows.ts';
import { foldEvent, type Work } from './fold.ts';
import { fault, type Ledger, ledgerKey, mostFaults } from './ledger.ts';
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

export const startWork = (ledger: Ledger): Work => ({
  unit: ledger.unit,
  unitStream: ledger.unitStream,
  grants: ledger.grants,
  caseEntries: ledger.caseEntries,
  cases: new Map(),
  faults: [],
});

/**
 * Whose grants of keys count: anyone can seal something to a public key. Members who may admit, and the one who
 * admitted this member, whose key the slot has kept from that moment.
 */
export function mayGrant({ ledger, slot }: Held, author: AuthorKey): boolean {
  const granting = selectMember(ledger.unit, author);
  return author === slot.admittedBy || (granting !== null && may(granting.role, 'admitMember'));
}

/** Grants to this member first: what follows in the same page may be sealed with the keys that they bring. */
export async function readAll(held: Held, entries: readonly ConfirmedEntry[]): Promise<Reading[]> {
  const read = ({ entry }: ConfirmedEntry) =>
    readEntry(entry, held.keyring, entry.header.author === held.slot.endpointKey);
  for (const item of entries) {
    const { enc, author } = item.entry.header;
    if (enc === 'A256GCM' || !mayGrant(held, author)) continue;
    const grant = await read(item);
    if (grant.kind !== 'event' || grant.event.type !== 'unitKeys.granted') continue;
    await held.keyring.admit(grant.event.data.secrets);
  }
  return Promise.all(entries.map(read));
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

export function foldConfirmed(
  held: Pick<Held, 'slot'>,
  work: Work,
  tips: Map<AuthorKey, Digest>,
  { entry, position, hash }: ConfirmedEntry,
  reading: Reading,
  before: ReadonlyMap<StreamId, CaseState>,
): void {
  const { author, stream } = entry.header;
  const chained = followsItsAuthor(tips, entry);
  tips.set(author, hash);
  if (!chained) {
    const detail = `Entry ${position} does not follow its author's previous one. It changes nothing.`;
    work.faults.push(fault('author-chain', position, detail, stream));
  } else if (reading.kind === 'fault') {
    work.faults.push(fault(reading.code, position, `Entry ${position}: ${reading.detail} It changes nothing.`, stream));
  } else if (reading.kind === 'event') {
    const context = { endpointKey: held.slot.endpointKey, before: (id: StreamId) => before.get(id) ?? null };
    foldEvent(work, reading.event, entry, position, context);
  }
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
  const index = (state: CaseState): IndexedCase => ({
    summary: summarise(state),
    place: cases.places.get(state.id) ?? { key: state.id, line: 0 },
    entries: state.activity.length,
  });
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const ledger = nextLedger(held, page, work, tips);
  const confirmedIds = new Set(page.entries.map(({ entry }) => entry.header.id));
  const sent = held.outbox.filter(({ entry }) => confirmedIds.has(entry.header.id));
  const [entryRows, packed, deltas, ledgerRow] = await Promise.all([
    sealEntries(storeKey, page.entries),
    sealPacked(storeKey, freshIndex),
    sealDeltas(storeKey, changedIndex),
    sealRow(storeKey, 'meta', ledgerKey, ledger),
  ]);
  await held.store.commit([
    { table: 'entries', put: entryRows },
    { table: 'cases', put: cases.rows },
    { table: 'summaries', put: [...packed, ...deltas] },
    { table: 'outbox', remove: sent.map(({ row }) => row) },
    { table: 'meta', put: [ledgerRow] },
  ]);
  held.ledger = ledger;
  held.outbox = held.outbox.filter(({ entry }) => !confirmedIds.has(entry.header.id));
  for (const item of [...freshIndex, ...changedIndex]) held.confirmed.set(item.summary.id, item);
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
    faults: [...held.ledger.faults, ...work.faults].slice(0, mostFaults),
    lastSynced: new Date(held.clock.now()).toISOString(),
  };
}
