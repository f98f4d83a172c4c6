import { v4 as uuid } from 'uuid';
import { SealBroken } from '#shared/crypto/aead.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { searchedReferral } from '#shared/domain/case/search-words.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Readership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import { groupBySize } from '../store/pack.ts';
import {
  keyForReaders,
  keyIn,
  keysForReaders,
  openForReaders,
  rowsForReaders,
  sealForReaders,
} from '../store/reader-rows.ts';
import type { Change, Row, Store } from '../store/store.ts';
import { addSegments, dropSearch, replaceSegments, type SearchIndex, type StoredSegment } from './search-index.ts';
import { casesIn, formatSegment, mostInSegment, parseSegment, type SearchedCase } from './search-segment.ts';

/** Chromium spills values of 64 KiB and more to files of their own. */
const mostBytes = 60 * 1024;

type Searched = { readonly id: StreamId; readonly referral: Referral };

/** A referral that a defect keeps from being read is found by its row of the queue alone. */
export function wordsOf({ id, referral }: Searched): SearchedCase {
  try {
    return { id, words: searchedReferral(referral) };
  } catch {
    return { id, words: new Set() };
  }
}

function formatAll(cases: readonly SearchedCase[]): readonly Bytes[] {
  const bytes = formatSegment(cases);
  if (bytes.length <= mostBytes || cases.length <= 1) return [bytes];
  const half = cases.length >> 1;
  return [...formatAll(cases.slice(0, half)), ...formatAll(cases.slice(half))];
}

interface Sealed {
  readonly put: readonly Row[];
  readonly segments: readonly StoredSegment[];
}

export async function sealSegments(readership: Readership, cases: readonly SearchedCase[]): Promise<Sealed> {
  const formatted = groupBySize(cases, () => 0, mostInSegment).flatMap((group) =>
    formatAll(group).map((bytes) => ({ key: uuid(), bytes })),
  );
  const put = await Promise.all(formatted.map(({ key, bytes }) => sealForReaders(readership, 'search', key, bytes)));
  return { put, segments: formatted.flatMap(({ key, bytes }) => toStored(key, bytes) ?? []) };
}

function toStored(key: string, bytes: Bytes): StoredSegment | null {
  const segment = parseSegment(bytes);
  return segment && { key, ...segment };
}

interface SearchedAnew {
  /** That came or were changed: what one of them says is in the index already, or comes into it. */
  readonly fresh: readonly Searched[];
  /** Of which the referral itself became another. */
  readonly altered: readonly Searched[];
  readonly gone: readonly StreamId[];
}

/** What the index becomes: rows for the commit of what changed it, and then memory. */
export interface SearchChange {
  readonly change: Change;
  readonly apply: () => unknown;
}

/**
 * The words of cases that came or say something else now, and nothing more of those that are gone: their rows are made anew without
 * them, in the commit that takes them away. Where the index is not in memory yet, all of it goes, and is made again.
 */
export async function sealSearch(
  { search, io: { store } }: OpenVault,
  readership: Readership,
  { fresh, altered, gone }: SearchedAnew,
): Promise<SearchChange> {
  const stale = [...gone, ...altered.map(({ id }) => id)];
  if (!search.ready) {
    const remove = stale.length > 0 ? await keysForReaders(store, readership, 'search') : [];
    return { change: { table: 'search', remove }, apply: () => stale.length > 0 && dropSearch(search) };
  }
  const touched = segmentsOf(search, stale);
  const left = touched.flatMap(casesIn).filter(({ id }) => !stale.includes(id));
  const isNew = ({ id }: Searched): boolean => !search.places.has(id);
  const { put, segments } = await sealSegments(readership, [
    ...left,
    ...[...fresh.filter(isNew), ...altered].map(wordsOf),
  ]);
  const keys = touched.map(({ key }) => key);
  return {
    change: { table: 'search', put, remove: keys.map((key) => keyIn(readership, key)) },
    apply: () => (keys.length > 0 ? replaceSegments(search, keys, segments) : addSegments(search, segments)),
  };
}

function segmentsOf({ segments, places }: SearchIndex, ids: readonly StreamId[]): readonly StoredSegment[] {
  const sought = new Set(ids.filter((id) => places.has(id)));
  return sought.size === 0 ? [] : [...segments.values()].filter((segment) => segment.ids.some((id) => sought.has(id)));
}

export interface LoadedSearch {
  readonly segments: readonly StoredSegment[];
  /** Keys of rows that are of another version, and of damaged ones. */
  readonly unfit: readonly string[];
  readonly broken: readonly string[];
}

export async function loadSegments(store: Store, readership: Readership): Promise<LoadedSearch> {
  const unfit: string[] = [];
  const broken: string[] = [];
  const read = async (row: Row): Promise<readonly StoredSegment[]> => {
    try {
      const segment = toStored(keyForReaders(readership, row), await openForReaders(readership, 'search', row));
      if (segment) return [segment];
      unfit.push(String(row.key));
    } catch (error) {
      if (!(error instanceof SealBroken || error instanceof SyntaxError)) throw error;
      broken.push(String(row.key));
    }
    return [];
  };
  const rows = await rowsForReaders(store, readership, 'search');
  return { segments: (await Promise.all(rows.map(read))).flat(), unfit, broken };
}
