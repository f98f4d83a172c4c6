import { v4 as uuid } from 'uuid';
import { SealBroken } from '#shared/crypto/aead.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { Trace } from '#shared/domain/case/resurfacing.ts';
import { emptySlices } from '#shared/domain/registry/registry.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { warning } from '../findings.ts';
import { fromStoredKeys, type StoredKey, type StreamKeys, toStoredKeys } from '../keys/held-keys.ts';
import type { Readership } from '../keys/readership.ts';
import type { Program } from '../program.ts';
import { joinLines, pack, packedLines } from '../store/pack.ts';
import { keyIn, readForReaders, sealForReaders, sealValueForReaders } from '../store/reader-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { matchKeysOf, summaryOf, traceOf } from './derived.ts';
import type { MatchKeys } from './match-keys.ts';

/** Where a case's state is kept: a row of `cases`, and the line in it. */
export interface RowAddress {
  readonly key: string;
  readonly line: number;
}

/** What is kept of each case for the queue, and where the rest is. */
export interface IndexedCase {
  readonly summary: CaseSummary;
  readonly at: RowAddress;
  /** What matching needs of the referral. Stays in the vault. */
  readonly keys: MatchKeys;
  /** What tells whether a case comes back. */
  readonly trace: Trace;
  /** Entries that the case holds: a state with another number is not the one that belongs to this summary. */
  readonly entries: number;
  /** Version of the fold that made it. */
  readonly fold: number;
  /** Entries of a newer Probity among them; absent where there are none. */
  readonly newer?: number;
  /** For whom its stream was begun. */
  readonly begunFor: Scope | null;
  /** The closed streams that the case was in before; absent where there are none. */
  readonly continues?: readonly StreamId[];
  /** Where the last of them says that it goes on here; null while that waits. */
  readonly continuedAt?: Position | null;
  /** Nothing came since it was handed on; absent else. */
  readonly untouched?: true;
  /** Members read it besides those it is for; absent else. */
  readonly givenAlone?: true;
}

/** A case as it is stored: what its entries make, and the content keys of its stream, with which the next are read. */
export interface StoredCase {
  readonly state: CaseState;
  readonly keys: StreamKeys;
}

/** A case as it was folded from its entries. */
export interface FoldedCase extends StoredCase {
  /** For whom its stream was begun; null where no key of it was met. */
  readonly begunFor: Scope | null;
}

/** Whether this program made it. What another made is shown until it is made anew, and never decided upon. */
export const isOfThisFold = ({ foldVersion }: Program, { fold }: IndexedCase): boolean => fold === foldVersion;

const entriesOf = ({ activity, newer, unread, late }: CaseState): number =>
  activity.length + newer.length + unread.length + late.length;

/**
 * What is kept of a case for the queue. What cannot be derived from it, by a defect of this program, is left out and
 * named in `faults`: one odd case must not keep the unit from the others.
 */
export function toIndexed(
  { foldVersion }: Program,
  { state, begunFor }: Pick<FoldedCase, 'state' | 'begunFor'>,
  addresses: ReadonlyMap<string, RowAddress>,
  faults: IntegrityWarning[],
): IndexedCase {
  const { reference } = state.referral;
  const failed = (): void => {
    faults.push(warning('case-not-derived', state.activity.at(-1)?.position ?? null, { reference }, state.id));
  };
  return {
    summary: summaryOf(state, failed),
    at: addresses.get(state.id) ?? { key: state.id, line: 0 },
    keys: matchKeysOf(state, failed),
    trace: traceOf(state, failed),
    entries: entriesOf(state),
    fold: foldVersion,
    begunFor,
    ...(state.newer.length > 0 && { newer: state.newer.length }),
    ...(state.continues.length > 0 && {
      continues: state.continues.map(({ stream }) => stream),
      continuedAt: state.continues.at(-1)?.position ?? null,
      ...(isUntouched(state) && { untouched: true }),
    }),
    ...(state.readers.length > 0 && { givenAlone: true }),
  };
}

const isUntouched = ({ activity, continues, newer, unread, late }: CaseState): boolean =>
  activity.at(-1)?.entry === continues.at(-1)?.entry && [newer, unread, late].every((each) => each.length === 0);

const emptyLists = { ...emptySlices, joined: [], continues: [], late: [], readers: [] };

/** As it lies in a row. Most cases hold few kinds of record: what is empty is left out, and put back when it is read. */
const toLine = ({ state, keys }: StoredCase) => ({
  ...Object.fromEntries(
    Object.entries(state).filter(
      ([name, value]) => !(name in emptyLists && (value as readonly unknown[]).length === 0),
    ),
  ),
  id: state.id,
  contentKeys: toStoredKeys(keys),
});

/** @throws SealBroken when the row is missing, damaged, or older than the summary says */
export async function readCase(store: Store, readership: Readership, indexed: IndexedCase): Promise<StoredCase> {
  const bytes = await readForReaders(store, readership, 'cases', indexed.at.key);
  if (!bytes) throw new SealBroken('A stored case is missing.');
  const line = packedLines(bytes)[indexed.at.line];
  if (line === undefined) throw new SealBroken('A stored case is missing from its row.');
  const { contentKeys, ...stored } = JSON.parse(line) as CaseState & { contentKeys: readonly StoredKey[] };
  const state: CaseState = { ...emptyLists, ...stored };
  if (state.id !== indexed.summary.id || entriesOf(state) !== indexed.entries) {
    throw new SealBroken('A stored case is not the one that belongs here.');
  }
  return { state, keys: fromStoredKeys(state.id, contentKeys) };
}

/**
 * The rows without cases that are not for these readers any more: a row that others share is written anew, so that nothing is
 * left of them. Not within a transaction.
 */
export async function eraseCases(
  store: Store,
  readership: Readership,
  gone: readonly IndexedCase[],
): Promise<{ readonly put: readonly Row[]; readonly remove: readonly string[] }> {
  const put: Row[] = [];
  const remove: string[] = [];
  for (const key of new Set(gone.map(({ at }) => at.key))) {
    const bytes = await readForReaders(store, readership, 'cases', key).catch(() => null);
    const lines = gone.filter(({ at }) => at.key === key).map(({ at }) => at.line);
    const left = bytes && packedLines(bytes).map((line, index) => (lines.includes(index) ? 'null' : line));
    if (!left || left.every((line) => line === 'null')) remove.push(keyIn(readership, key));
    else put.push(await sealForReaders(readership, 'cases', key, joinLines(left)));
  }
  return { put, remove };
}

/** A row is opened for one case: small enough to be quick, large enough to spare rows when thousands come. */
const mostInRow = 8;
const mostRowBytes = 24 * 1024;

export interface SealedCases {
  readonly rows: readonly Row[];
  readonly addresses: ReadonlyMap<string, RowAddress>;
}

/** New cases share rows; a case that changes later gets a row of its own, which then stands for it. */
export async function sealCases(
  readership: Readership,
  fresh: readonly StoredCase[],
  changed: readonly StoredCase[],
): Promise<SealedCases> {
  const addresses = new Map<string, RowAddress>();
  const packed = pack(fresh.map(toLine), mostInRow, mostRowBytes).map(({ items, bytes }) => {
    const key = uuid();
    for (const [line, { id }] of items.entries()) addresses.set(id, { key, line });
    return sealForReaders(readership, 'cases', key, bytes);
  });
  const own = changed.map((each) => {
    const { id } = each.state;
    addresses.set(id, { key: id, line: 0 });
    return sealValueForReaders(readership, 'cases', id, toLine(each));
  });
  return { rows: await Promise.all([...packed, ...own]), addresses };
}
