import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { emptyRecord } from '#shared/domain/unit/unit-record.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { type AuthorTip, hashEntry } from '#shared/log/entry.ts';
import type { LogState } from '#shared/log/log-state.ts';
import { isSeenSigned, type Seen, seenNothing } from '#shared/log/seen.ts';
import { emptyRosterHead } from '#shared/log/tree/leaf.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import { replaceIndex } from '../cases/case-index.ts';
import { type FoldedCase, type IndexedCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { buildMatcher } from '../cases/matches.ts';
import { searchAnew } from '../cases/search-upkeep.ts';
import { sealPacked } from '../cases/summary-rows.ts';
import { warning } from '../findings.ts';
import { noKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import { followingReadership, type Readership, sealReadership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import { keysForReaders } from '../store/reader-rows.ts';
import type { Row } from '../store/store.ts';
import { signerOfCheckpoint } from './endpoint-keys.ts';
import type { StoredEntry } from './entry-rows.ts';
import { awaitAgain, type Folding } from './fold.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { admitGenerations } from './fold-roster.ts';
import { judgeWithRoster } from './judge-with-roster.ts';
import { aloneWith, emptyLedger, type Ledger, sealLedger } from './ledger.ts';
import { readEntries } from './read-entries.ts';
import { Regrown } from './regrown.ts';
import { firstReadersIn, isForUs } from './stream-readers.ts';
import { sealTiles } from './tree-rows.ts';
import { walkLog } from './verify-log.ts';
import { emptyView, nextView, type View } from './view.ts';
import { sealView } from './view-row.ts';
import { isDisposedOf } from './withdrawn-cases.ts';

/** The whole log, folded from its first entry as far as it is whole. */
interface Refolded {
  readonly folding: Folding;
  readonly keys: KeysByStream;
  readonly tips: ReadonlyMap<AuthorKey, AuthorTip>;
  readonly since: Ledger['since'];
  readonly endpointKeys: Ledger['endpointKeys'];
  readonly alone: Ledger['alone'];
  readonly regrown: Regrown;
  /** Where it is not whole. */
  readonly broken: Row | null;
}

/** @param before the same, read once: its content keys are at hand from the beginning, and who reads what by its last roster */
async function refold(vault: OpenVault, before: Refolded | null): Promise<Refolded> {
  const folding = startFolding(null, emptyView, emptyRecord);
  const at = foldContext(vault, {
    before: () => null,
    firstReaders: (id) => firstReadersIn(folding.roster, id, keys),
  });
  let tips: ReadonlyMap<AuthorKey, AuthorTip> = new Map();
  const keys = new KeysByStream();
  for (const stream of before?.keys.streams ?? []) keys.begin(stream, before?.keys.of(stream) ?? noKeys);
  const regrown = new Regrown();
  let { since, endpointKeys, alone } = emptyLedger;
  let broken: Row | null = null;
  for await (const step of walkLog(vault)) {
    const ground = { roster: folding.roster, since, endpointKeys, tips: [...tips] };
    const { entries: judged, roster, ...next } = await judgeWithRoster(vault, step.entries.map(withHash), ground);
    ({ since, endpointKeys } = roster);
    ({ tips } = next);
    await admitGenerations(vault, roster);
    folding.faults.push(...roster.faults);
    folding.newerCount += roster.newer.length;
    alone = aloneWith(alone, judged, roster.last);
    const reading = before ? { ...roster, last: before.folding.roster, since: before.since } : roster;
    for (const each of await readEntries(vault, judged, keys, reading)) {
      foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
    }
    await regrown.add(judged);
    broken = step.broken;
  }
  return { folding, keys, tips, since, endpointKeys, alone, regrown, broken };
}

/**
 * Makes everything that is projected from the log again: for when a stored projection is damaged, missing or set back.
 * Where a stored entry is damaged, keeps what precedes it; the endpoint supplies the rest again.
 */
export async function rebuild(vault: OpenVault): Promise<void> {
  const known = vault.log.ledger;
  const first = await refold(vault, null);
  // What is under a key that came after it is read with that key at hand.
  const { folding, keys, tips, since, endpointKeys, alone, regrown, broken } =
    first.keys.late.size > 0 ? await refold(vault, first) : first;
  if (broken) vault.findings.warnings.push(warning('entry-row', regrown.size + 1));
  const { member, log, program } = vault;
  const isAlone = alone.includes(member.keyring.own.device);
  const readership = await followingReadership(log.readership, member.keyring, isAlone);
  // What was handed to others, or disposed of, was read as it was before.
  const isOurs = ({ id, continues }: CaseState): boolean => {
    const first = firstReadersIn(folding.roster, id, keys);
    if (continues.some(({ stream }) => isDisposedOf(folding.roster, stream, keys))) return false;
    return !folding.roster || !first || isForUs(vault, folding.roster, id, first, keys);
  };
  const states = [...folding.cases.values()].filter(isOurs);
  const ours = new Set(states.map(({ id }) => id));
  for (const [id, { newer }] of folding.cases) {
    if (ours.has(id)) continue;
    keys.forget(id);
    awaitAgain(folding, id, []);
    folding.newerCount -= newer.length;
  }
  const all = states.map(
    (state): FoldedCase => ({
      ...{ state, keys: keys.of(state.id), begunFor: firstReadersIn(folding.roster, state.id, keys) },
    }),
  );
  const sealed = await sealCases(readership, all, []);
  const indexed = all.map((each) => toIndexed(program, each, sealed.addresses, folding.faults));
  const ledger: Ledger = {
    log: await stateOf(vault, regrown, [...tips.values()], endpointKeys),
    fork: known.fork,
    tips: [...tips],
    roster: folding.roster,
    since,
    endpointKeys,
    incomplete: known.incomplete.filter(({ position }) => position <= regrown.size),
    destroyed: known.destroyed,
    alone,
    lastSynced: known.lastSynced,
    setBack: known.setBack,
    fold: program.foldVersion,
  };
  const view = nextView(emptyView, folding, keys, (id) => ours.has(id), {
    to: regrown.size,
    stale: false,
    caseEntries: indexed.reduce((sum, { entries }) => sum + entries, 0),
    fold: program.foldVersion,
  });
  await replaceProjections(vault, { ledger, view, readership, cases: sealed.rows, indexed, regrown, broken });
}

const withHash = (stored: StoredEntry) => ({ ...stored, hash: hashEntry(stored.entry) });

/**
 * How far the log is whole. What is said to have been seen is the last checkpoint of it that is at hand: the one that was
 * noted, or one that an author had seen.
 */
async function stateOf(
  vault: OpenVault,
  regrown: Regrown,
  tips: readonly AuthorTip[],
  endpointKeys: Ledger['endpointKeys'],
): Promise<LogState> {
  const { log } = vault;
  const { size, leaf } = regrown;
  const noted = [log.ledger.log.checkpoint, log.anchor ?? seenNothing, ...tips.map(({ seen }) => seen)];
  let checkpoint: Seen = seenNothing;
  for (const seen of noted.filter((each) => each.size <= size).sort((one, other) => other.size - one.size)) {
    const isOurs = sameBytes(await regrown.rootAt(seen.size), fromBase64url(seen.root));
    if (!isOurs || !(await isSeenSigned(seen, signerOfCheckpoint(vault, endpointKeys, seen.size)))) continue;
    checkpoint = seen;
    break;
  }
  const root = toBase64url(await regrown.rootAt(size)) as Digest;
  const { arrivedAt = 0, rosterHead = emptyRosterHead } = leaf ?? {};
  return { size, root, arrivedAt, rosterHead: toBase64url(rosterHead) as Digest, checkpoint };
}

interface Remade {
  readonly ledger: Ledger;
  readonly view: View;
  readonly readership: Readership;
  readonly cases: readonly Row[];
  readonly indexed: readonly IndexedCase[];
  readonly regrown: Regrown;
  readonly broken: Row | null;
}

/** One commit: until it succeeds, what was there stands. What others read lies beside it, and is not touched. */
async function replaceProjections(
  vault: OpenVault,
  { ledger, view, readership, cases, indexed, regrown, broken }: Remade,
): Promise<void> {
  const { store } = vault.io;
  const { storeKey, keyring } = vault.member;
  const lost = broken ? (await store.after('entries', Number(broken.key) - 1)).map(({ key }) => key) : [];
  const [oldCases, oldSummaries, oldSearch] = await Promise.all([
    keysForReaders(store, readership, 'cases'),
    keysForReaders(store, readership, 'summaries'),
    keysForReaders(store, readership, 'search'),
  ]);
  await store.commit([
    { table: 'entries', remove: lost },
    { table: 'tiles', remove: await store.keys('tiles'), put: await sealTiles(storeKey, regrown.tiles) },
    { table: 'cases', remove: oldCases, put: cases },
    { table: 'summaries', remove: oldSummaries, put: await sealPacked(readership, indexed) },
    { table: 'search', remove: oldSearch },
    {
      table: 'meta',
      put: [
        await sealLedger(storeKey, ledger),
        await sealView(readership, view),
        await sealReadership(storeKey, readership, keyring),
      ],
    },
  ]);
  vault.log.ledger = ledger;
  vault.log.view = view;
  vault.log.readership = readership;
  replaceIndex(vault.cases, indexed, ledger.roster);
  searchAnew(vault);
  if (vault.matching.matcher) await buildMatcher(vault);
}
