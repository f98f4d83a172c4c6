import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { streamsOf } from '#shared/domain/unit/withdrawals.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { entriesWith, forgetCases, indexCases, indexedCase } from '../cases/case-index.ts';
import { eraseCases, type FoldedCase, type IndexedCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { forget, learn } from '../cases/matches.ts';
import { sealSearch } from '../cases/search-rows.ts';
import { sealDeltas, sealGone, sealPacked } from '../cases/summary-rows.ts';
import { boxesOf } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { Readership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Change } from '../store/store.ts';
import type { StoredEntry } from './entry-rows.ts';
import { awaitAgain, type Folding } from './fold.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { foldLate } from './fold-late.ts';
import type { FoldedRoster } from './fold-roster.ts';
import { continuedIn, readEntries } from './read-entries.ts';
import { firstReadersIn } from './stream-readers.ts';
import { StreamsBefore } from './streams-before.ts';
import { nextView } from './view.ts';
import { sealView } from './view-row.ts';
import { disposedWith, goneAmong, type WithdrawnCases, withdrawnBetween } from './withdrawn-cases.ts';

/** What a stretch of the log makes of the view before it. In memory only: it is committed as a whole, or thrown away. */
export interface FoldedEntries {
  readonly folding: Folding;
  readonly keys: KeysByStream;
  readonly before: StreamsBefore;
  readonly withdrawn: WithdrawnCases;
  /** Cases that are not for this member any more. */
  readonly gone: ReadonlySet<StreamId>;
  /** At the end of the stretch. */
  readonly roster: MaybeRoster;
}

/**
 * Reads and folds entries that follow what the view was folded to.
 * @param roster over these entries
 */
export async function foldEntries(
  vault: OpenVault,
  entries: readonly StoredEntry[],
  roster: FoldedRoster,
): Promise<FoldedEntries> {
  const { view } = vault.log;
  const keys = new KeysByStream(view.lacked);
  const before = new StreamsBefore(vault, keys);
  await before.read(entries.flatMap(streamsOfEntry));
  const folding = startFolding(null, view, view.record);
  const here = new Set<Position | null>(entries.map(({ position }) => position));
  folding.faults.push(...roster.faults.filter(({ position }) => here.has(position)));
  folding.newerCount += roster.newer.filter((position) => here.has(position)).length;
  const read = await readEntries(vault, entries, keys, roster);
  await before.read(continuedIn(read, vault.program.registry).map(({ stream }) => stream));
  await foldLate(vault, { folding, keys, before }, entries, roster);
  const at = foldContext(vault, {
    before: (id) => before.state(id),
    firstReaders: (id) => firstReadersIn(roster.last, id, keys),
  });
  for (const each of read) foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
  const end = roster.at(entries.at(-1)?.position ?? view.to);
  const withdrawn = withdrawnBetween(roster.at(view.to), end);
  await before.read(withdrawn.streams);
  const without = disposedWith(vault, end, withdrawn.streams, keys, folding.cases);
  await before.read(without);
  // Whoever was given one alone had the closed ones that it goes on from by that.
  const acted = [...withdrawn.streams].flatMap((id) => [id, ...continuedBy(vault, folding, id)]);
  await before.read(acted);
  const gone = new Set([...goneAmong(vault, end, acted, keys), ...without]);
  for (const id of gone) {
    folding.newerCount -= (folding.cases.get(id) ?? before.state(id))?.newer.length ?? 0;
    folding.mended.push(...view.faults.filter((fault) => fault.case === id));
    folding.cases.delete(id);
    awaitAgain(folding, id, []);
    keys.forget(id);
  }
  return { folding, keys, before, withdrawn, gone, roster: end };
}

/** The closed streams that a case was in before, as far as it is here. */
const continuedBy = (vault: OpenVault, { cases }: Folding, id: StreamId): readonly StreamId[] =>
  cases.get(id)?.continues.map(({ stream }) => stream) ?? indexedCase(vault.cases, id)?.continues ?? [];

/** The stream that it adds to, and those that its boxes are of. */
const streamsOfEntry = ({ entry }: StoredEntry): readonly StreamId[] => [
  entry.header.stream,
  ...boxesOf(entry).map(({ stream }) => stream),
];

/** The cases that entries made or changed: by an event, or by a key that they brought. */
function touchedCases(folded: FoldedEntries): { fresh: FoldedCase[]; changed: FoldedCase[] } {
  const { folding, before, keys, gone, roster } = folded;
  const withKeys = (state: CaseState): FoldedCase => ({
    state,
    keys: keys.of(state.id),
    begunFor: firstReadersIn(roster, state.id, keys),
  });
  const opened = before.withFreshKeys(folding.cases).filter(({ id }) => !gone.has(id));
  const all = [...folding.cases.values(), ...opened];
  const isKnown = ({ id }: CaseState): boolean => before.state(id) !== null;
  return {
    fresh: all.filter((state) => !isKnown(state)).map(withKeys),
    changed: all.filter(isKnown).map(withKeys),
  };
}

/** Whether a key came of what the policy is: all that was judged by it before is judged again. */
const isPolicyLate = ({ roster, keys }: FoldedEntries): boolean =>
  roster !== null && keys.late.has(roster.policyStream);

/** The view with what was folded, sealed and not yet committed. `apply` brings it into memory. */
export interface SealedView {
  readonly changes: readonly Change[];
  readonly apply: () => void;
}

/**
 * Outside any transaction: awaiting WebCrypto inside one may let it commit early.
 * @param readership that the rows are for
 * @param to position of the last of the entries
 */
export async function sealFolded(
  vault: OpenVault,
  readership: Readership,
  folded: FoldedEntries,
  { to, stale }: { readonly to: Position; readonly stale: boolean },
): Promise<SealedView> {
  const { folding, keys, roster, withdrawn } = folded;
  const { fresh, changed } = touchedCases(folded);
  const cases = await sealCases(readership, fresh, changed);
  const index = (each: FoldedCase): IndexedCase => toIndexed(vault.program, each, cases.addresses, folding.faults);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const touched = [...freshIndex, ...changedIndex];
  const gone = [...folded.gone].flatMap((id) => indexedCase(vault.cases, id) ?? []);
  const goneIds = gone.map(({ summary }) => summary.id);
  const { view: before } = vault.log;
  const isCase = (id: StreamId): boolean =>
    folding.cases.has(id) || (indexedCase(vault.cases, id) !== null && !folded.gone.has(id));
  const view = nextView(before, folding, keys, isCase, {
    to,
    stale: before.stale || stale || withdrawn.reopened || isPolicyLate(folded),
    caseEntries: entriesWith(vault.cases, touched, goneIds),
    fold: vault.program.foldVersion,
  });
  // One that was gone and is here again must stand in the place of the word that it was gone: only acts on it make it so.
  const acted = new Set(roster?.withdrawals.flatMap(streamsOf));
  const mayReturn = ({ summary }: IndexedCase): boolean => acted.has(summary.id);
  // What changes nothing of the referral leaves it the very object that it was.
  const isAltered = ({ state: { id, referral } }: FoldedCase) => folded.before.state(id)?.referral !== referral;
  const referralOf = ({ state: { id, referral } }: FoldedCase) => ({ id, referral });
  const [packed, deltas, tombs, erased, searched, row] = await Promise.all([
    sealPacked(
      readership,
      freshIndex.filter((each) => !mayReturn(each)),
    ),
    sealDeltas(readership, [...freshIndex.filter(mayReturn), ...changedIndex]),
    sealGone(readership, goneIds),
    eraseCases(vault.io.store, readership, gone),
    sealSearch(vault, readership, {
      fresh: [...fresh, ...changed.filter((each) => !isAltered(each))].map(referralOf),
      altered: changed.filter(isAltered).map(referralOf),
      gone: goneIds,
    }),
    sealView(readership, view),
  ]);
  return {
    changes: [
      { table: 'cases', put: [...cases.rows, ...erased.put], remove: erased.remove },
      { table: 'summaries', put: [...packed, ...deltas, ...tombs] },
      searched.change,
      { table: 'meta', put: [row] },
    ],
    apply() {
      vault.log.view = view;
      indexCases(vault.cases, touched, roster);
      if (goneIds.length > 0) forgetCases(vault.cases, goneIds, roster);
      searched.apply();
      for (const item of touched) learn(vault, item);
      const closed = touched.flatMap(({ continues = [] }) => continues);
      for (const id of [...goneIds, ...closed].filter((each) => !vault.cases.confirmed.has(each))) forget(vault, id);
    },
  };
}
