import { utf8 } from '#shared/crypto/encoding.ts';
import type { SoughtWord } from '#shared/domain/case/search-words.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { markBeginning, type Segment, toTerm } from './search-segment.ts';

/** A segment, and the row that it lies in. */
export interface StoredSegment extends Segment {
  readonly key: string;
}

/**
 * What quick search looks in: all words of the referrals that this member reads. As secret as the cases; gone when the vault
 * locks. Only `cases/` changes it, within the writer.
 */
export interface SearchIndex {
  readonly segments: Map<string, StoredSegment>;
  /** Where the marks of each segment begin, and which mark is a case's. */
  readonly bases: Map<string, number>;
  readonly places: Map<StreamId, number>;
  /** Cases whose stored row is damaged: found by their row of the queue alone. */
  readonly unread: Set<StreamId>;
  /** Marks in all. */
  size: number;
  /** Whether it has every case. Until then quick search looks in the summaries alone. */
  ready: boolean;
  /** Grows with every change. */
  version: number;
}

export const emptySearchIndex = (): SearchIndex => ({
  ...{ segments: new Map(), bases: new Map(), places: new Map(), unread: new Set() },
  ...{ size: 0, ready: false, version: 0 },
});

function place(index: SearchIndex, segment: StoredSegment): void {
  index.segments.set(segment.key, segment);
  index.bases.set(segment.key, index.size);
  for (const [at, id] of segment.ids.entries()) index.places.set(id, index.size + at);
  index.size += segment.ids.length;
}

export function addSegments(index: SearchIndex, added: readonly StoredSegment[]): void {
  for (const segment of added) place(index, segment);
  index.version += 1;
}

/** In place of some segments others, or none. */
export function replaceSegments(index: SearchIndex, removed: Iterable<string>, added: readonly StoredSegment[]): void {
  for (const key of removed) index.segments.delete(key);
  const kept = [...index.segments.values(), ...added];
  for (const map of [index.segments, index.bases, index.places]) map.clear();
  index.size = 0;
  addSegments(index, kept);
}

/** Before it is made anew. */
export function dropSearch(index: SearchIndex): void {
  index.ready = false;
  index.unread.clear();
  replaceSegments(index, [...index.segments.keys()], []);
}

/** A mark for each case that has a word that begins so; null where none has. */
function findBeginning({ segments, bases, size }: SearchIndex, beginning: string): Uint8Array | null {
  const marks = new Uint8Array(size);
  const bytes = utf8(toTerm(beginning));
  let any = false;
  for (const [key, segment] of segments) any = markBeginning(segment, bytes, marks, bases.get(key) ?? 0) || any;
  return any ? marks : null;
}

/** Marks of what any of several marks. Null is none. */
function either(one: Uint8Array | null, other: Uint8Array | null): Uint8Array | null {
  if (!(one && other)) return one ?? other;
  return one.map((mark, at) => mark | (other[at] as number));
}

export type FindWord = (sought: SoughtWord) => Uint8Array | null;

/** For one question: neighbours ask for the same words written together, which are looked for once. */
export function wordFinder(index: SearchIndex): FindWord {
  const known = new Map<string, Uint8Array | null>();
  const find = (beginning: string): Uint8Array | null => {
    const before = known.get(beginning);
    if (before !== undefined) return before;
    const marks = findBeginning(index, beginning);
    known.set(beginning, marks);
    return marks;
  };
  return ({ word, together }) =>
    together.reduce<Uint8Array | null>((marks, each) => either(marks, find(each)), find(word));
}
