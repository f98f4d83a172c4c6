import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { entriesWith, indexCases } from '../cases/case-index.ts';
import { type IndexedCase, type StoredCase, sealCases, toIndexed } from '../cases/case-rows.ts';
import { keysOfStream, readIndexed } from '../cases/current-case.ts';
import { learn } from '../cases/matches.ts';
import { sealDeltas, sealPacked } from '../cases/summary-rows.ts';
import { boxesOf, type StreamKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { Readership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Change } from '../store/store.ts';
import type { StoredEntry } from './entry-rows.ts';
import type { Folding } from './fold.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { foldLate } from './fold-late.ts';
import { type FoldedRoster, wholeRoster } from './fold-roster.ts';
import { readEntries } from './read-entries.ts';
import { nextView } from './view.ts';
import { sealView } from './view-row.ts';

/** What a stretch of the log makes of the view before it. In memory only: it is committed as a whole, or thrown away. */
export interface FoldedEntries {
  readonly folding: Folding;
  readonly keys: KeysByStream;
  readonly before: ReadonlyMap<StreamId, BeforeEntries>;
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
  const at = foldContext(vault, (id) => before.get(id)?.state ?? null);
  for (const each of await readEntries(vault, entries, keys, roster)) {
    foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
  }
  if (keys.late.size > 0) {
    const whole = await wholeRoster(vault, roster);
    for (const id of keys.late) {
      const state = folding.cases.get(id) ?? at.before(id);
      await foldLate(vault, folding, { id, state, keys: keys.of(id) }, entries, whole);
    }
  }
  return { folding, keys, before };
}

/** What is known of the streams that entries add to. */
async function streamsBefore(
  vault: OpenVault,
  entries: readonly StoredEntry[],
): Promise<ReadonlyMap<StreamId, BeforeEntries>> {
  const before = new Map<StreamId, BeforeEntries>();
  const touched = entries.flatMap(({ entry }) => [entry.header.stream, ...boxesOf(entry).map(({ stream }) => stream)]);
  for (const stream of new Set(touched)) {
    const indexed = vault.cases.confirmed.get(stream);
    const stored = indexed && (await readIndexed(vault, indexed));
    if (stored) before.set(stream, stored);
    else before.set(stream, { state: null, keys: await keysOfStream(vault, stream) });
  }
  return before;
}

/** The cases that entries made or changed: by an event, or by a key that they brought. */
function touchedCases({ folding, before, keys }: FoldedEntries): { fresh: StoredCase[]; changed: StoredCase[] } {
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
  const { folding, keys } = folded;
  const { fresh, changed } = touchedCases(folded);
  const cases = await sealCases(readership, fresh, changed);
  const index = ({ state }: StoredCase): IndexedCase =>
    toIndexed(vault.program, state, cases.addresses, folding.faults);
  const [freshIndex, changedIndex] = [fresh.map(index), changed.map(index)];
  const touched = [...freshIndex, ...changedIndex];
  const { view: before } = vault.log;
  const isCase = (id: StreamId): boolean => folding.cases.has(id) || vault.cases.confirmed.has(id);
  const view = nextView(before, folding, keys, isCase, {
    to,
    stale: before.stale || stale,
    caseEntries: entriesWith(vault.cases, touched),
    fold: vault.program.foldVersion,
  });
  const [packed, deltas, row] = await Promise.all([
    sealPacked(readership, freshIndex),
    sealDeltas(readership, changedIndex),
    sealView(readership, view),
  ]);
  return {
    changes: [
      { table: 'cases', put: cases.rows },
      { table: 'summaries', put: [...packed, ...deltas] },
      { table: 'meta', put: [row] },
    ],
    apply() {
      vault.log.view = view;
      indexCases(vault.cases, touched);
      for (const item of touched) learn(vault, item);
    },
  };
}
