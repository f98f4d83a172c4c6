import { z } from 'zod';
import { evenPlaces } from '#shared/kernel/folded-text.ts';
import { entryIdSchema, note } from '../event/fields.ts';
import { type ExposureKind, exposureKindIds } from './exposure-kinds.ts';
import { exposurePatterns } from './exposure-patterns.ts';
import { findPhrases } from './unit-phrases.ts';
import { isWordPart } from './word-part.ts';

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

const byPlace = (one: ExposureMark, other: ExposureMark): number => one.start - other.start || other.end - one.end;

/** To the end of the word that a pattern cut short: half a word could never be found again in the sanitised text. */
function endOfWord(text: string, end: number): number {
  let at = end;
  while (isWordPart(text[at - 1]) && isWordPart(text[at])) at += 1;
  return at;
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

/**
 * Marks in order of place. One that lies wholly within another is left out: dealing with the wider deals with it.
 * @param phrases of the unit's own
 */
export function selectMarks(text: string, phrases: readonly string[]): readonly ExposureMark[] {
  // Looked for in what a reader sees, marked in what was written: a character that nobody sees hides nothing.
  const { even, stretch } = evenPlaces(text);
  const toMark = (kind: ExposureKind, from: number, to: number): ExposureMark => {
    const { start, end } = stretch(from, to);
    return { kind, start, end, text: text.slice(start, end) };
  };
  const ofUnit = findPhrases(even, phrases).map(({ start, end }) => toMark('unitPhrase', start, end));
  const found = exposurePatterns.flatMap(({ kind, pattern }) =>
    [...even.matchAll(pattern)].map(({ 0: words, index }) =>
      toMark(kind, index, endOfWord(even, index + words.trimEnd().length)),
    ),
  );
  const kept: ExposureMark[] = [];
  let reached = 0;
  for (const mark of [...found, ...ofUnit].sort(byPlace)) {
    if (mark.end <= reached) continue;
    kept.push(mark);
    reached = mark.end;
  }
  const held = kept.flatMap((mark) => (mark.end - mark.start > longestMark ? split(text, mark) : [mark]));
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
