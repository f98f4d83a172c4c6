import { type Bytes, concat, fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import type { StreamId } from '#shared/kernel/ids.ts';

/*
 * The words of some cases, for quick search: sorted, each with the cases that have it. What lies in one row is whole by itself:
 * a case is taken out by making its row anew, and rows are searched as they were opened, without being put together.
 *
 *   a line of JSON | bytes of each term, 1 byte | cases that have it, 1 byte | the terms, UTF-8 | which cases, 1 byte each
 */

/** Grows with every change of the form, and of the words that a case has (search-words.ts). */
const version = 1;
/** A case is known by one byte in its segment; and so many keep a row of ordinary ones below 64 KiB. */
export const mostInSegment = 96;
/** Longer words are found by their beginning. Units of UTF-16, so that a byte tells how long it is in UTF-8. */
const longestTerm = 40;
const newline = 0x0a;

export interface SearchedCase {
  readonly id: StreamId;
  readonly words: ReadonlySet<string>;
}

export interface Segment {
  readonly ids: readonly StreamId[];
  /** Where each term ends among the terms, and its cases among the cases. */
  readonly termEnds: Uint16Array | Uint32Array;
  readonly caseEnds: Uint16Array | Uint32Array;
  readonly terms: Uint8Array;
  readonly cases: Uint8Array;
}

interface Head {
  readonly v: number;
  readonly ids: readonly StreamId[];
  readonly terms: number;
}

/** How a word is kept, and looked for. */
export const toTerm = (word: string): string =>
  (word.length > longestTerm ? word.slice(0, longestTerm) : word).toWellFormed();

export function formatSegment(searched: readonly SearchedCase[]): Bytes {
  const holders = new Map<string, number[]>();
  for (const [place, { words }] of searched.entries()) {
    for (const word of words) {
      const term = toTerm(word);
      const known = holders.get(term);
      if (!known) holders.set(term, [place]);
      else if (known.at(-1) !== place) known.push(place);
    }
  }
  // Letters are compared by their UTF-8 below, which after folding is the same order.
  const terms = [...holders.keys()].sort();
  const bytes = terms.map(utf8);
  const head: Head = { v: version, ids: searched.map(({ id }) => id), terms: terms.length };
  return concat(
    utf8(`${JSON.stringify(head)}\n`),
    Uint8Array.from(bytes, ({ length }) => length),
    Uint8Array.from(terms, (term) => holders.get(term)?.length ?? 0),
    ...bytes,
    ...terms.map((term) => Uint8Array.from(holders.get(term) ?? [])),
  );
}

function endsOf(lengths: Uint8Array): Uint16Array | Uint32Array {
  let end = 0;
  for (const length of lengths) end += length;
  const ends = end > 0xffff ? new Uint32Array(lengths.length) : new Uint16Array(lengths.length);
  end = 0;
  for (let at = 0; at < lengths.length; at += 1) {
    end += lengths[at] as number;
    ends[at] = end;
  }
  return ends;
}

/** Null where it is of another version. @throws SyntaxError when it is none */
export function parseSegment(bytes: Bytes): Segment | null {
  const start = bytes.indexOf(newline) + 1;
  const { v, ids, terms: count } = JSON.parse(fromUtf8(bytes.subarray(0, start))) as Head;
  if (v !== version) return null;
  const termEnds = endsOf(bytes.subarray(start, start + count));
  const caseEnds = endsOf(bytes.subarray(start + count, start + 2 * count));
  const body = start + 2 * count;
  const middle = body + (termEnds.at(-1) ?? 0);
  return { ids, termEnds, caseEnds, terms: bytes.subarray(body, middle), cases: bytes.subarray(middle) };
}

const startOf = (ends: Segment['termEnds'], at: number): number => (at === 0 ? 0 : (ends[at - 1] as number));

/** Below nought: the term comes before those that begin so; nought: it begins so. */
function compareBeginning({ termEnds, terms }: Segment, at: number, beginning: Uint8Array): number {
  const start = startOf(termEnds, at);
  const length = (termEnds[at] as number) - start;
  for (let each = 0; each < beginning.length; each += 1) {
    if (each >= length) return -1;
    const difference = (terms[start + each] as number) - (beginning[each] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Marks the cases that have a word that begins so, from `base` on. @returns whether there is any */
export function markBeginning(segment: Segment, beginning: Uint8Array, marks: Uint8Array, base: number): boolean {
  const { termEnds, caseEnds, cases } = segment;
  let low = 0;
  let high = termEnds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareBeginning(segment, middle, beginning) < 0) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < termEnds.length && compareBeginning(segment, end, beginning) === 0) end += 1;
  if (end === low) return false;
  for (let at = startOf(caseEnds, low); at < startOf(caseEnds, end); at += 1) marks[base + (cases[at] as number)] = 1;
  return true;
}

/** The cases of a segment with their words. */
export function casesIn({ ids, termEnds, caseEnds, terms, cases }: Segment): readonly SearchedCase[] {
  const words = ids.map(() => new Set<string>());
  for (let at = 0; at < termEnds.length; at += 1) {
    const term = fromUtf8(terms.subarray(startOf(termEnds, at), termEnds[at]));
    for (const place of cases.subarray(startOf(caseEnds, at), caseEnds[at])) words[place]?.add(term);
  }
  return ids.map((id, place) => ({ id, words: words[place] ?? new Set() }));
}
