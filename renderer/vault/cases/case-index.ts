import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { IndexedCase, StoredCase } from './case-rows.ts';

/** Every case that this member reads. Only `cases/` changes it, within the writer. */
export interface CaseIndex {
  /** Cases as the confirmed log has them. */
  readonly confirmed: Map<StreamId, IndexedCase>;
  /** Cases that own pending entries touch: the confirmed state with those replayed on it. */
  readonly projected: Map<StreamId, CaseState>;
  /** The cases read last, as confirmed: who opens a case acts on it next. One that changes is read again. */
  readonly recent: Map<StreamId, StoredCase>;
  /** Entries in all confirmed cases. */
  entries: number;
  /** Grows with every change to the queue. */
  version: number;
  /** Grows with every change to `confirmed`: what is read off all cases is read again only then. */
  confirmedVersion: number;
}

export const emptyCaseIndex = (): CaseIndex => ({
  confirmed: new Map(),
  projected: new Map(),
  recent: new Map(),
  entries: 0,
  version: 0,
  confirmedVersion: 0,
});

/** Entries in all confirmed cases once these are taken in: the ledger of the same commit says so. */
export const entriesWith = ({ confirmed, entries }: CaseIndex, changed: readonly IndexedCase[]): number =>
  changed.reduce((sum, each) => sum + each.entries - (confirmed.get(each.summary.id)?.entries ?? 0), entries);

/** Takes in what was just committed. */
export function indexCases(index: CaseIndex, changed: readonly IndexedCase[]): void {
  index.entries = entriesWith(index, changed);
  for (const each of changed) {
    index.confirmed.set(each.summary.id, each);
    index.recent.delete(each.summary.id);
  }
  index.confirmedVersion += 1;
  index.version += 1;
}

/** All cases anew, as they were loaded or made again. */
export function replaceIndex(index: CaseIndex, all: readonly IndexedCase[]): void {
  index.confirmed.clear();
  index.recent.clear();
  index.entries = 0;
  indexCases(index, all);
}

/** Before what waits is projected anew. */
export const clearProjected = (index: CaseIndex): void => index.projected.clear();

/** Cases with what waits on top. */
export function addProjected(index: CaseIndex, states: ReadonlyMap<StreamId, CaseState>): void {
  for (const [id, state] of states) index.projected.set(id, state);
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
