import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { AnyWithdrawal } from '#shared/domain/unit/withdrawals.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { allIndexed, entriesWith, forgetCases, indexCases, indexedCase } from '../cases/case-index.ts';
import { eraseCases, type IndexedCase, type StoredCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { keysOfStream, readIndexed } from '../cases/current-case.ts';
import { keysInRow } from '../cases/keys-in-row.ts';
import { forget, learn } from '../cases/matches.ts';
import { sealDeltas, sealGone, sealPacked } from '../cases/summary-rows.ts';
import { boxesOf, type StreamKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { Readership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Change } from '../store/store.ts';
import type { StoredEntry } from './entry-rows.ts';
import type { Folding } from './fold.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { type FoldedRoster, wholeRoster } from './fold-roster.ts';
import { foldStream } from './fold-stream.ts';
import { continuedIn, readEntries } from './read-entries.ts';
import { firstReadersIn, isForUs } from './stream-readers.ts';
import { freshFaults, nextView } from './view.ts';
import { sealView } from './view-row.ts';

/** What a stretch of the log makes of the view before it. In memory only: it is committed as a whole, or thrown away. */
export interface FoldedEntries {
  readonly folding: Folding;
  readonly keys: KeysByStream;
  readonly before: Map<StreamId, BeforeEntries>;
  /** Cases that are not for this member any more. */
  readonly gone: ReadonlySet<StreamId>;
  /** Streams that withdrawals of this stretch are about, or that one was stopped of. */
  readonly withdrawn: ReadonlySet<StreamId>;
  /** A withdrawal was stopped: what was gone is to be made anew. */
  readonly reopened: boolean;
  /** At the end of the stretch. */
  readonly roster: MaybeRoster;
}

interface BeforeEntries {
  /** Null when the stream is no case yet. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
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
  const before = await streamsBefore(vault, entries);
  const keys = new KeysByStream(view.lacked);
  for (const [stream, known] of before) keys.begin(stream, known.keys);
  const folding = startFolding(null, view);
  const here = new Set<Position | null>(entries.map(({ position }) => position));
  folding.faults.push(...roster.faults.filter(({ position }) => here.has(position)));
  folding.newerCount += roster.newer.filter((position) => here.has(position)).length;
  const read = await readEntries(vault, entries, keys, roster);
  const continued = continuedIn(read, vault.program.registry).map(({ stream }) => stream);
  for (const stream of continued.filter((each) => !before.has(each))) {
    const known = await beforeEntries(vault, stream);
    before.set(stream, known);
    keys.begin(stream, known.keys);
  }
  await foldLate(vault, { folding, keys, before }, entries, roster);
  const at = foldContext(vault, {
    before: (id) => before.get(id)?.state ?? null,
    firstReaders: (id) => firstReadersIn(roster.last, id, keys),
  });
  for (const each of read) foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
  const end = roster.at(entries.at(-1)?.position ?? view.to);
  const changed = changedActs(roster.at(view.to), end);
  return { folding, keys, before, ...(await withoutGone(vault, folding, keys, before, changed, end)), roster: end };
}

async function beforeEntries(vault: OpenVault, stream: StreamId): Promise<BeforeEntries> {
  const indexed = indexedCase(vault.cases, stream);
  const stored = indexed && (await readIndexed(vault, indexed));
  return stored ?? { state: null, keys: await keysOfStream(vault, stream) };
}

/** What is known of the streams that entries add to. */
async function streamsBefore(vault: OpenVault, entries: readonly StoredEntry[]): Promise<Map<StreamId, BeforeEntries>> {
  const before = new Map<StreamId, BeforeEntries>();
  const touched = entries.flatMap(({ entry }) => [entry.header.stream, ...boxesOf(entry).map(({ stream }) => stream)]);
  for (const stream of new Set(touched)) before.set(stream, await beforeEntries(vault, stream));
  return before;
}

/**
 * Streams of which these entries brought a key that earlier ones are under: those are folded again from the first, as a
 * replica folds them that has that key from the beginning. So are streams that go on from one of them.
 */
async function foldLate(
  vault: OpenVault,
  { folding, keys, before }: Pick<FoldedEntries, 'folding' | 'keys' | 'before'>,
  entries: readonly StoredEntry[],
  roster: FoldedRoster,
): Promise<void> {
  if (keys.late.size === 0) return;
  const whole = await wholeRoster(vault, roster);
  const atHand = async (id: StreamId) => (keys.of(id).length > 0 ? keys.of(id) : keysInRow(vault, id));
  const carriers = entries.filter(({ entry }) => boxesOf(entry).some(({ stream }) => keys.late.has(stream)));
  const going = allIndexed(vault.cases).filter(({ continues = [] }) => continues.some((each) => keys.late.has(each)));
  const ids = [
    ...keys.late,
    ...carriers.map(({ entry }) => entry.header.stream),
    ...going.map(({ summary }) => summary.id),
  ];
  for (const id of new Set(ids)) {
    if (!before.has(id)) {
      const known = await beforeEntries(vault, id);
      before.set(id, known);
      keys.begin(id, known.keys);
    }
    const again = await foldStream(vault, id, atHand, whole);
    if (!again.state) continue;
    folding.newerCount += again.state.newer.length - (before.get(id)?.state?.newer.length ?? 0);
    const known = vault.log.view.faults;
    folding.faults.push(...freshFaults([...known, ...folding.faults], again.faults));
    folding.mended.push(
      ...freshFaults(
        again.faults,
        known.filter((fault) => fault.case === id),
      ),
    );
    folding.cases.set(id, again.state);
  }
}

/** Withdrawals that came, or were stopped. */
function changedActs(before: MaybeRoster, after: MaybeRoster): readonly AnyWithdrawal[] {
  const known = new Map(before?.withdrawals.map((each) => [each.entry, each]));
  return after?.withdrawals.filter((each) => known.get(each.entry)?.stopped !== each.stopped) ?? [];
}

const streamsOf = (act: AnyWithdrawal): readonly StreamId[] => (act.kind === 'boxes' ? [act.stream] : act.streams);

/** Of what acts withdrew, the cases that this member read until then are taken out of what was folded. */
async function withoutGone(
  vault: OpenVault,
  folding: Folding,
  keys: KeysByStream,
  before: Map<StreamId, BeforeEntries>,
  changed: readonly AnyWithdrawal[],
  roster: MaybeRoster,
): Promise<Pick<FoldedEntries, 'gone' | 'reopened' | 'withdrawn'>> {
  const gone = new Set<StreamId>();
  const withdrawn = new Set(changed.flatMap(streamsOf));
  for (const stream of withdrawn) {
    if (!before.has(stream)) {
      const known = await beforeEntries(vault, stream);
      before.set(stream, known);
      keys.begin(stream, known.keys);
    }
    const first = firstReadersIn(roster, stream, keys);
    if (!roster || !first || isForUs(vault, roster, stream, first)) continue;
    folding.cases.delete(stream);
    keys.forget(stream);
    gone.add(stream);
  }
  return { gone, withdrawn, reopened: changed.some(({ stopped }) => stopped) };
}

/** The cases that entries made or changed: by an event, or by a key that they brought. */
function touchedCases({ folding, before, keys, gone }: FoldedEntries): { fresh: StoredCase[]; changed: StoredCase[] } {
  const withKeys = (state: CaseState): StoredCase => ({ state, keys: keys.of(state.id) });
  const states = new Map(folding.cases);
  for (const [id, { state, keys: known }] of before) {
    if (state && !gone.has(id) && !states.has(id) && keys.of(id) !== known) states.set(id, state);
  }
  const all = [...states.values()];
  const isKnown = ({ id }: CaseState): boolean => Boolean(before.get(id)?.state);
  return {
    fresh: all.filter((state) => !isKnown(state)).map(withKeys),
    changed: all.filter(isKnown).map(withKeys),
  };
}

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
  const { folding, keys, roster } = folded;
  const { fresh, changed } = touchedCases(folded);
  const cases = await sealCases(readership, fresh, changed);
  const index = ({ state }: StoredCase): IndexedCase =>
    toIndexed(vault.program, state, cases.addresses, folding.faults);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const touched = [...freshIndex, ...changedIndex];
  const gone = [...folded.gone].flatMap((id) => indexedCase(vault.cases, id) ?? []);
  const goneIds = gone.map(({ summary }) => summary.id);
  const { view: before } = vault.log;
  const isCase = (id: StreamId): boolean =>
    folding.cases.has(id) || (indexedCase(vault.cases, id) !== null && !folded.gone.has(id));
  const view = nextView(before, folding, keys, isCase, {
    to,
    stale: before.stale || stale || folded.reopened,
    caseEntries: entriesWith(vault.cases, touched, goneIds),
    fold: vault.program.foldVersion,
  });
  const [packed, deltas, tombs, erased, row] = await Promise.all([
    sealPacked(readership, freshIndex),
    sealDeltas(readership, changedIndex),
    sealGone(readership, goneIds),
    eraseCases(vault.io.store, readership, gone),
    sealView(readership, view),
  ]);
  return {
    changes: [
      { table: 'cases', put: [...cases.rows, ...erased.put], remove: erased.remove },
      { table: 'summaries', put: [...packed, ...deltas, ...tombs] },
      { table: 'meta', put: [row] },
    ],
    apply() {
      vault.log.view = view;
      indexCases(vault.cases, touched, roster);
      if (goneIds.length > 0) forgetCases(vault.cases, goneIds);
      for (const item of touched) learn(vault, item);
      const closed = touched.flatMap(({ continues = [] }) => continues);
      for (const id of [...goneIds, ...closed].filter((each) => !vault.cases.confirmed.has(each))) forget(vault, id);
    },
  };
}
