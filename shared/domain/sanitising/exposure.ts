import { z } from 'zod';
import { evenPlaces } from '#shared/kernel/folded-text.ts';
import { entryIdSchema, note } from '../event/fields.ts';
import type { Subject } from '../report/report.ts';
import { type ExposureKind, exposureKindIds } from './exposure-kinds.ts';
import { exposurePatterns } from './exposure-patterns.ts';
import { reachOf, type Stretch } from './mark-reach.ts';
import { findPhrases } from './unit-phrases.ts';
import { ownerOf } from './whose.ts';

/*
 * The reporter-exposure check. It helps and does not decide: it knows phrases, not people, and what it does not mark
 * may still point to the reporter. A person reads the whole text and answers for it.
 */

/** `start` and `end` count UTF-16 units, end exclusive. */
export interface ExposureMark {
  readonly kind: ExposureKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Units in one mark, and marks in one text: with those of the original and of the sanitised text, what an entry holds. */
export const longestMark = 2_000;
const mostMarks = 400;

/** Where a piece that begins at `start` ends: after a word, if there is one that ends there. */
function endOfPiece(text: string, start: number, end: number): number {
  if (end - start <= longestMark) return end;
  const gap = text.slice(start, start + longestMark).search(/\s\S*$/u);
  return start + (gap > 0 ? gap : longestMark);
}

/** A mark that is longer than an entry holds, as several. */
function split(text: string, mark: ExposureMark): readonly ExposureMark[] {
  const pieces: ExposureMark[] = [];
  for (let start = mark.start; start < mark.end; ) {
    const end = endOfPiece(text, start, mark.end);
    const words = text.slice(start, end);
    if (words.trim()) pieces.push({ ...mark, start, end, text: words });
    start = end;
  }
  return pieces;
}

/** A text made to have thousands of marks still has to be sanitised: they are taken together, passage by passage. */
function join(text: string, marks: readonly ExposureMark[]): readonly ExposureMark[] {
  const joined: ExposureMark[] = [];
  for (const mark of marks) {
    const last = joined.at(-1);
    if (!last || mark.end - last.start > longestMark) joined.push(mark);
    else joined[joined.length - 1] = { ...last, end: mark.end, text: text.slice(last.start, mark.end) };
  }
  return joined;
}

/** What is known beside the text. */
export interface Known {
  /** The unit's own. */
  readonly phrases: readonly string[];
  /** Of the report: what is said of them is not the reporter's. */
  readonly subjects: readonly Subject[];
}

interface Found extends Stretch {
  readonly kind: ExposureKind;
  /** Of the longest of the pieces that it is made of: what the whole is mostly about. */
  readonly weight: number;
}

const byPlace = (one: Stretch, other: Stretch): number => one.start - other.start || other.end - one.end;

/** In an even text, in order of place. */
function find(even: string, { phrases, subjects }: Known): readonly Found[] {
  const isSubjects = ownerOf(even, subjects);
  const found = exposurePatterns
    .flatMap(({ kind, pattern, reach }) =>
      [...even.matchAll(pattern)].map(({ 0: words, index }) => ({
        kind,
        reach,
        start: index,
        end: index + words.length,
      })),
    )
    .filter((each) => !isSubjects(each.kind, each));
  const ofUnit = findPhrases(even, phrases).map((each) => ({ ...each, kind: 'unitPhrase', reach: 'words' }) as const);
  let reached = 0;
  return [...found, ...ofUnit].sort(byPlace).flatMap(({ kind, reach, ...at }) => {
    // Words that another clause holds already reach no further.
    if (reach === 'words' && at.end <= reached) return [];
    const { start, end } = reachOf(even, at, kind === 'unitPhrase' ? at.start : Math.min(reached, at.start), {
      kind,
      reach,
    });
    reached = Math.max(reached, end);
    return [{ kind, start, end, weight: end - start }];
  });
}

/** Marks that touch are of one phrase, as long as it is one that a person takes in at once. */
const longestPhrase = 400;

function isOnePhrase(even: string, last: Found, next: Found): boolean {
  if (next.start < last.end) return true;
  const gap = even.slice(last.end, next.start);
  const isNext = last.kind === next.kind && last.kind !== 'witnessTime' ? /^,?\s{0,3}$/u : /^[ -]{0,2}$/u;
  return gap.length < 5 && isNext.test(gap) && next.end - last.start <= longestPhrase;
}

/** What endangers the victim says so, whatever else it is. */
function heavier(last: Found, next: Found): Pick<Found, 'kind' | 'weight'> {
  if (last.kind === 'victim' || next.kind === 'victim') return { kind: 'victim', weight: last.weight };
  return next.weight > last.weight ? next : last;
}

function mergePhrases(even: string, found: readonly Found[]): readonly Found[] {
  const merged: Found[] = [];
  for (const next of found.toSorted(byPlace)) {
    const last = merged.at(-1);
    if (!(last && isOnePhrase(even, last, next))) merged.push(next);
    else {
      const { kind, weight } = heavier(last, next);
      merged[merged.length - 1] = { kind, weight, start: last.start, end: Math.max(last.end, next.end) };
    }
  }
  return merged;
}

/** Marks in order of place, each of a whole phrase; none touches another of the same phrase. */
export function selectMarks(text: string, known: Known): readonly ExposureMark[] {
  // Looked for in what a reader sees, marked in what was written: a character that nobody sees hides nothing.
  const { even, stretch } = evenPlaces(text);
  const marks = mergePhrases(even, find(even, known)).map(({ kind, ...each }): ExposureMark => {
    const { start, end } = stretch(each.start, each.end);
    return { kind, start, end, text: text.slice(start, end) };
  });
  const held = marks.flatMap((mark) => (mark.end - mark.start > longestMark ? split(text, mark) : [mark]));
  return held.length > mostMarks ? join(text, held) : held;
}

/** What text was sanitised: one item, or the whole referral. */
export const sanitisedPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), item: entryIdSchema }),
  z.strictObject({ kind: z.literal('whole') }),
]);
export type SanitisedPart = z.output<typeof sanitisedPartSchema>;

/**
 * A mark of the reporter-exposure check, and what a person made of it. `start` and `end` count UTF-16 units, end
 * exclusive, in the original or in the sanitised text.
 */
export const treatedMarkSchema = z.strictObject({
  in: z.enum(['original', 'sanitised']),
  kind: z.enum(exposureKindIds),
  start: z.int().min(0).max(50_000),
  end: z.int().min(1).max(50_000),
  text: z.string().min(1).max(2_000),
  /** `resolved`: the words are gone from the sanitised text. `dismissed`: they stay, for the reason given. */
  treatment: z.enum(['open', 'resolved', 'dismissed']),
  why: note.nullable(),
});
export type TreatedMark = z.output<typeof treatedMarkSchema>;
