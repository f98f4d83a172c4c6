import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import type { AuthorTip } from '#shared/log/entry.ts';
import type { AcceptedPage, ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { entriesWith, indexCases } from '../cases/case-index.ts';
import { type IndexedCase, type StoredCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { keysOfStream, readIndexed } from '../cases/current-case.ts';
import { learn } from '../cases/matches.ts';
import { sealDeltas, sealPacked } from '../cases/summary-rows.ts';
import { warning } from '../findings.ts';
import { boxesOf, type StreamKeys } from '../keys/held-keys.ts';
import { sealKeyCache } from '../keys/key-cache.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { sealRow } from '../store/sealed-rows.ts';
import { nextAnchor, sealAnchor } from './anchor.ts';
import { type StoredEntry, sealEntries } from './entry-rows.ts';
import type { Folding } from './fold.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { foldLate } from './fold-late.ts';
import { admitGenerations, foldRoster } from './fold-roster.ts';
import { heldBy } from './folded-for.ts';
import { judgeEntries } from './judge-entries.ts';
import { judgeSeen } from './judge-seen.ts';
import { countFaults, type Ledger, ledgerKey, otherKeys } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { isConfirmedBy } from './outbox.ts';
import { readEntries } from './read-entries.ts';
import { rebuild } from './rebuild.ts';
import { recordFork } from './record-fork.ts';
import { requireRejoin } from './rejoin.ts';
import { sealTiles } from './tree-rows.ts';

/**
 * Brings a page that `acceptPage` believed into the store: reads, folds and seals in memory, then one commit, then
 * memory. A crash before the commit leaves the store as it was; the page comes again.
 */
export async function ingest(vault: OpenVault, page: AcceptedPage): Promise<void> {
  const before = await streamsBefore(vault, page.entries);
  const keys = new KeysByStream(vault.log.ledger.lacked);
  for (const [stream, known] of before) keys.begin(stream, known.keys);
  const tips = new Map<AuthorKey, AuthorTip>(vault.log.ledger.tips);
  const { unproved, fork } = await judgeSeen(vault, page);
  if (fork) return recordFork(vault, fork);
  const stored = await judgeEntries(page.entries, tips, vault.member.slot.endpointKey, unproved);
  const roster = await foldRoster(vault, vault.log.ledger, stored);
  const granted = await admitGenerations(vault, roster);
  const folding = startFolding(vault.log.ledger);
  folding.faults.push(...roster.faults);
  folding.newerCount += roster.newer;
  const at = foldContext(vault, (id) => before.get(id)?.state ?? null);
  for (const each of await readEntries(vault, stored, keys, roster))
    foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
  for (const id of keys.late) {
    const state = folding.cases.get(id) ?? at.before(id);
    await foldLate(vault, folding, { id, state, keys: keys.of(id) }, stored, roster);
  }
  const opensMore = granted && keys.lacked.length > 0;
  await commit(vault, { page, stored, folding, tips, before, keys, granted, opensMore, since: roster.since });
  if (opensMore) await rebuild(vault);
}

interface BeforePage {
  /** Null when the stream is no case yet. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
}

/** What is known of the streams that a page adds to. */
async function streamsBefore(
  vault: OpenVault,
  entries: readonly ConfirmedEntry[],
): Promise<ReadonlyMap<StreamId, BeforePage>> {
  const before = new Map<StreamId, BeforePage>();
  const touched = entries.flatMap(({ entry }) => [entry.header.stream, ...boxesOf(entry).map(({ stream }) => stream)]);
  for (const stream of new Set(touched)) {
    const indexed = vault.cases.confirmed.get(stream);
    const stored = indexed && (await readIndexed(vault, indexed));
    if (stored) before.set(stream, stored);
    else before.set(stream, { state: null, keys: await keysOfStream(vault, stream) });
  }
  return before;
}

interface Ingested {
  readonly page: AcceptedPage;
  readonly stored: readonly StoredEntry[];
  readonly folding: Folding;
  readonly tips: ReadonlyMap<AuthorKey, AuthorTip>;
  readonly before: ReadonlyMap<StreamId, BeforePage>;
  readonly keys: KeysByStream;
  /** It brought a generation to this member. */
  readonly granted: boolean;
  /** What stood under keys that this generation opens is to be read in its place. */
  readonly opensMore: boolean;
  readonly since: Ledger['since'];
}

/** The cases that a page made or changed: by an event, or by a key that it brought. */
function touchedCases({ folding, before, keys }: Ingested): { fresh: StoredCase[]; changed: StoredCase[] } {
  const withKeys = (state: CaseState): StoredCase => ({ state, keys: keys.of(state.id) });
  const states = new Map(folding.cases);
  for (const [id, { state, keys: known }] of before) {
    if (state && !states.has(id) && keys.of(id) !== known) states.set(id, state);
  }
  const all = [...states.values()];
  const isKnown = ({ id }: CaseState): boolean => Boolean(before.get(id)?.state);
  return {
    fresh: all.filter((state) => !isKnown(state)).map(withKeys),
    changed: all.filter(isKnown).map(withKeys),
  };
}

/** Seals first, outside any transaction: awaiting WebCrypto inside one may let it commit early. */
async function commit(vault: OpenVault, ingested: Ingested): Promise<void> {
  const { page, stored, folding } = ingested;
  const { storeKey } = vault.member;
  const { fresh, changed } = touchedCases(ingested);
  const cases = await sealCases(storeKey, fresh, changed);
  const index = ({ state }: StoredCase): IndexedCase =>
    toIndexed(vault.program, state, cases.addresses, folding.faults);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const sent = sentWith(vault, ingested);
  const waiting = vault.log.outbox.filter((pending) => !sent.includes(pending));
  const touched = [...freshIndex, ...changedIndex];
  const ledger = nextLedger(vault, ingested, entriesWith(vault.cases, touched));
  const anchor = nextAnchor(vault, page.log.checkpoint);
  const [entryRows, tileRows, packed, deltas, ledgerRow, anchorRow] = await Promise.all([
    sealEntries(storeKey, stored),
    sealTiles(storeKey, page.tree.tiles),
    sealPacked(storeKey, freshIndex),
    sealDeltas(storeKey, changedIndex),
    sealRow(storeKey, 'meta', ledgerKey, ledger),
    sealAnchor(vault, anchor),
  ]);
  // Unlocking need not look for the grant in the log: its cache is written in the same commit.
  const cache = ingested.granted ? [await sealKeyCache(vault.member)] : [];
  await vault.io.store.commit([
    { table: 'entries', put: entryRows },
    { table: 'tiles', put: tileRows },
    { table: 'cases', put: cases.rows },
    { table: 'summaries', put: [...packed, ...deltas] },
    { table: 'outbox', remove: sent.map(({ row }) => row) },
    { table: 'meta', put: [ledgerRow, anchorRow, ...cache] },
  ]);
  vault.log.ledger = ledger;
  vault.log.anchor = anchor;
  vault.log.outbox = waiting;
  indexCases(vault.cases, touched);
  for (const item of touched) learn(vault, item);
}

/** Own entries that the page confirms. Another under an own id, or the own one without its parts, leaves it waiting. */
function sentWith(vault: OpenVault, { stored, folding }: Ingested): PendingEntry[] {
  const confirmed = new Map(stored.map((each) => [each.entry.header.id, each]));
  return vault.log.outbox.filter((pending) => {
    const found = confirmed.get(pending.entry.header.id);
    if (!found) return false;
    if (isConfirmedBy(pending, found)) return true;
    if (found.voidCode !== 'author-chain') {
      folding.faults.push(warning('entry-replaced', found.position, {}, found.entry.header.stream));
    }
    requireRejoin(vault);
    return false;
  });
}

function nextLedger(vault: OpenVault, ingested: Ingested, caseEntries: number): Ledger {
  const { page, folding, tips } = ingested;
  return {
    log: page.log,
    fork: vault.log.ledger.fork,
    tips: [...tips],
    roster: folding.roster,
    since: ingested.since,
    lacked: ingested.keys.lacked,
    // Until it was made anew it is not what whoever holds all of these keys would have: a crash in between must show.
    held: ingested.opensMore ? vault.log.ledger.held : heldBy(vault),
    names: folding.names,
    keys: otherKeys(vault.log.ledger, ingested.keys, (id) => folding.cases.has(id) || vault.cases.confirmed.has(id)),
    caseEntries,
    ...countFaults(vault.log.ledger, folding.faults),
    lastSynced: new Date(vault.io.clock.now()).toISOString(),
    fold: vault.program.foldVersion,
    newer: { count: folding.newerCount, streams: [...folding.newerStreams] },
  };
}
