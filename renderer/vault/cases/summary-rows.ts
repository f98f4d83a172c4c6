import { v4 as uuid } from 'uuid';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Readership } from '../keys/readership.ts';
import { pack, unpack } from '../store/pack.ts';
import {
  keyForReaders,
  openForReaders,
  rowsForReaders,
  sealForReaders,
  sealValueForReaders,
} from '../store/reader-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { IndexedCase } from './case-rows.ts';

/**
 * Summaries lie 128 to a row, so that 50,000 load in a fraction of a second. A changed one gets a row of its own
 * ("delta") that stands over the packed one; many deltas are folded into packs again when the vault is opened, and after a renewal.
 */
const deltaPrefix = 'd:';

export const sealPacked = (readership: Readership, summaries: readonly IndexedCase[]): Promise<Row[]> =>
  Promise.all(pack(summaries).map(({ bytes }) => sealForReaders(readership, 'summaries', uuid(), bytes)));

export const sealDeltas = (readership: Readership, summaries: readonly IndexedCase[]): Promise<Row[]> =>
  Promise.all(
    summaries.map((item) => sealValueForReaders(readership, 'summaries', deltaPrefix + item.summary.id, item)),
  );

/** In place of a case that is not for these readers any more, until all are packed anew. */
interface Gone {
  readonly gone: StreamId;
}

export const sealGone = (readership: Readership, ids: readonly StreamId[]): Promise<Row[]> =>
  Promise.all(
    ids.map((gone) => sealValueForReaders(readership, 'summaries', deltaPrefix + gone, { gone } satisfies Gone)),
  );

export interface LoadedSummaries {
  readonly cases: readonly IndexedCase[];
  readonly rows: number;
  readonly deltas: number;
  /** Keys of the rows that did not open. */
  readonly broken: readonly string[];
}

/**
 * Of two rows of one case, the one that was written later: by a later fold, or with more entries. Of two with as many the
 * second, where a delta comes after what is packed: a key that a case was given adds no entry.
 */
const isLater = (one: IndexedCase, other: IndexedCase): boolean =>
  one.fold === other.fold ? one.entries >= other.entries : one.fold > other.fold;

export async function loadSummaries(store: Store, readership: Readership): Promise<LoadedSummaries> {
  const rows = await rowsForReaders(store, readership, 'summaries');
  const isDelta = (row: Row): boolean => keyForReaders(readership, row).startsWith(deltaPrefix);
  const deltas = rows.filter(isDelta);
  const broken: string[] = [];
  const read = async (row: Row): Promise<readonly (IndexedCase | Gone)[]> => {
    try {
      return unpack<IndexedCase | Gone>(await openForReaders(readership, 'summaries', row));
    } catch {
      broken.push(String(row.key));
      return [];
    }
  };
  const cases = new Map<string, IndexedCase>();
  for (const items of await Promise.all([...rows.filter((row) => !isDelta(row)), ...deltas].map(read))) {
    for (const item of items) {
      if ('gone' in item) {
        cases.delete(item.gone);
        continue;
      }
      const known = cases.get(item.summary.id);
      if (!known || isLater(item, known)) cases.set(item.summary.id, item);
    }
  }
  return { cases: [...cases.values()], rows: rows.length, deltas: deltas.length, broken };
}
