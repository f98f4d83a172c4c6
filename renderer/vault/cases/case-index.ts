import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { handedOn } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { IndexedCase, StoredCase } from './case-rows.ts';

/** Every case that this member reads. Only `cases/` changes it, within the writer. */
export interface CaseIndex {
  /** Cases as the confirmed log has them. */
  readonly confirmed: Map<StreamId, IndexedCase>;
  /** Closed streams of cases that go on in another, which is among the confirmed ones. */
  readonly closed: Map<StreamId, IndexedCase>;
  /** The stream in which a closed one goes on: the first where it goes on in several. */
  readonly successors: Map<StreamId, StreamId>;
  /** Streams that say of a closed one that they go on from it. */
  readonly claims: Map<StreamId, ReadonlySet<StreamId>>;
  /** The same of what waits. */
  readonly projectedSuccessors: Map<StreamId, StreamId>;
  /** Cases that own pending entries touch: the confirmed state with those replayed on it. */
  readonly projected: Map<StreamId, CaseState>;
  /** The cases read last, as confirmed: who opens a case acts on it next. One that changes is read again. */
  readonly recent: Map<StreamId, StoredCase>;
  /** Entries in all confirmed cases and closed streams. */
  entries: number;
  /** Grows with every change to the queue. */
  version: number;
  /** Grows with every change to `confirmed`: what is read off all cases is read again only then. */
  confirmedVersion: number;
}

export const emptyCaseIndex = (): CaseIndex => ({
  confirmed: new Map(),
  closed: new Map(),
  successors: new Map(),
  claims: new Map(),
  projectedSuccessors: new Map(),
  projected: new Map(),
  recent: new Map(),
  entries: 0,
  version: 0,
  confirmedVersion: 0,
});

/** Of a case, or of a closed stream of one. */
export const indexedCase = ({ confirmed, closed }: CaseIndex, id: StreamId): IndexedCase | null =>
  confirmed.get(id) ?? closed.get(id) ?? null;

/** All that are stored, closed streams too. */
export const allIndexed = ({ confirmed, closed }: CaseIndex): readonly IndexedCase[] => [
  ...confirmed.values(),
  ...closed.values(),
];

/** Where a case is now, whichever of its streams is meant. */
export function currentStream(index: Pick<CaseIndex, 'successors' | 'projectedSuccessors'>, id: StreamId): StreamId {
  const next = index.successors.get(id) ?? index.projectedSuccessors.get(id);
  return next ? currentStream(index, next) : id;
}

/** The stream in which a case began, whichever of its streams is meant. */
export function firstStream(index: CaseIndex, id: StreamId): StreamId {
  const confirmed = indexedCase(index, id)?.continues?.[0];
  return confirmed ?? index.projected.get(id)?.continues[0]?.stream ?? id;
}

/** Entries in all once these are taken in: the view of the same commit says so. @param gone ids of those that are no more */
export const entriesWith = (
  index: CaseIndex,
  changed: readonly IndexedCase[],
  gone: readonly StreamId[] = [],
): number => {
  const known = (id: StreamId): number => indexedCase(index, id)?.entries ?? 0;
  const added = changed.reduce((sum, each) => sum + each.entries - known(each.summary.id), 0);
  return gone.reduce((sum, id) => sum - known(id), index.entries + added);
};

/**
 * Takes in what was just committed.
 * @param roster says which streams are closed: one may have been opened again
 */
export function indexCases(index: CaseIndex, changed: readonly IndexedCase[], roster: MaybeRoster): void {
  index.entries = entriesWith(index, changed);
  for (const each of changed) {
    const { id } = each.summary;
    (index.closed.has(id) ? index.closed : index.confirmed).set(id, each);
    index.recent.delete(id);
    for (const closed of each.continues ?? []) {
      index.claims.set(closed, new Set(index.claims.get(closed)).add(id));
    }
  }
  const touched = changed.flatMap(({ summary, continues = [] }) => [summary.id, ...continues]);
  for (const id of new Set(touched)) settle(index, id, roster);
  index.confirmedVersion += 1;
  index.version += 1;
}

/** Whether a stream goes on in another follows from the acts that stand, in whichever order its parts came in. */
function settle(index: CaseIndex, id: StreamId, roster: MaybeRoster): void {
  const successor = successorOf(index, id, roster);
  const [from, to] = successor ? [index.confirmed, index.closed] : [index.closed, index.confirmed];
  const known = from.get(id);
  if (known) to.set(id, known);
  from.delete(id);
  if (successor) index.successors.set(id, successor);
  else index.successors.delete(id);
}

function successorOf(index: CaseIndex, id: StreamId, roster: MaybeRoster): StreamId | null {
  const back = takenBackTo(index, id, roster);
  if (back) return back;
  const claims = index.claims.get(id);
  const first = indexedCase(index, id)?.begunFor;
  if (!claims || !first || !roster) return null;
  const claiming = [...claims]
    .flatMap((each) => indexedCase(index, each) ?? [])
    .sort((one, other) => (one.continuedAt ?? 0) - (other.continuedAt ?? 0));
  const inOrder = handedOn(roster, id, first).flatMap(({ to }) => claiming.filter(({ begunFor }) => begunFor === to));
  // A case that was handed on twice names both of its closed streams: the first goes on in the second.
  const next = inOrder.find(({ continues }) => continues?.at(-1) === id) ?? inOrder[0];
  return next?.summary.id ?? null;
}

/** The stream that was handed on to this one, where that was stopped before anything came of it: the case is there again. */
function takenBackTo(index: CaseIndex, id: StreamId, roster: MaybeRoster): StreamId | null {
  const indexed = indexedCase(index, id);
  const before = indexed?.untouched ? indexed.continues?.at(-1) : undefined;
  const first = before && indexedCase(index, before)?.begunFor;
  if (!before || !first || !roster) return null;
  return handedOn(roster, before, first).some(({ to }) => to === indexed?.begunFor) ? null : before;
}

/** Cases that are not for this member any more. */
export function forgetCases(index: CaseIndex, gone: readonly StreamId[], roster: MaybeRoster): void {
  const before = gone.flatMap((id) => indexedCase(index, id)?.continues ?? []);
  index.entries = entriesWith(index, [], gone);
  for (const id of gone) {
    for (const map of [index.confirmed, index.closed, index.recent, index.projected, index.successors]) map.delete(id);
  }
  for (const id of before) settle(index, id, roster);
  index.confirmedVersion += 1;
  index.version += 1;
}

/** All cases anew, as they were loaded or made again. */
export function replaceIndex(index: CaseIndex, all: readonly IndexedCase[], roster: MaybeRoster): void {
  for (const map of [index.confirmed, index.closed, index.successors, index.claims, index.recent]) map.clear();
  index.entries = 0;
  indexCases(index, all, roster);
}

/** Before what waits is projected anew. */
export function clearProjected(index: CaseIndex): void {
  index.projected.clear();
  index.projectedSuccessors.clear();
}

/** Cases with what waits on top. */
export function addProjected(index: CaseIndex, states: ReadonlyMap<StreamId, CaseState>): void {
  for (const [id, state] of states) {
    index.projected.set(id, state);
    const closed = state.continues.at(-1)?.stream;
    if (closed) index.projectedSuccessors.set(closed, id);
  }
  index.version += 1;
}

/** What is read off all confirmed cases, read again only when one of them changed: saving must not cost by their number. */
export function whenConfirmed<T>(index: CaseIndex, read: () => T): () => T {
  let known: { readonly version: number; readonly value: T } | null = null;
  return () => {
    if (known?.version !== index.confirmedVersion) known = { version: index.confirmedVersion, value: read() };
    return known.value;
  };
}
