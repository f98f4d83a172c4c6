import type { ExposureKind } from './tables/exposure-kinds.ts';
import { exposurePatterns } from './tables/exposure-patterns.ts';

/*
 * The reporter-exposure check. It helps and does not decide: it knows phrases, not people, and what it does not mark
 * may still point to the reporter. A person reads the whole text and answers for it.
 */
export const exposureCaution =
  'This check helps and does not decide. Read the whole text as the subject would: could they tell who reported?';

/** `start` and `end` count UTF-16 units, end exclusive. */
export interface ExposureMark {
  readonly kind: ExposureKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly why: string;
}

const byPlace = (one: ExposureMark, other: ExposureMark): number => one.start - other.start || other.end - one.end;

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** To the end of the word that a pattern cut short: half a word could never be found again in the sanitised text. */
function endOfWord(text: string, end: number): number {
  let at = end;
  while (isWordPart(text[at - 1]) && isWordPart(text[at])) at += 1;
  return at;
}

/** Marks in order of place. One that lies wholly within another is left out: dealing with the wider deals with it. */
export function selectMarks(text: string): readonly ExposureMark[] {
  const found = exposurePatterns.flatMap(({ kind, pattern, why }) =>
    [...text.matchAll(pattern)].map(({ 0: words, index }) => {
      const end = endOfWord(text, index + words.trimEnd().length);
      return { kind, start: index, end, text: text.slice(index, end), why };
    }),
  );
  const kept: ExposureMark[] = [];
  let reached = 0;
  for (const mark of found.sort(byPlace)) {
    if (mark.end <= reached) continue;
    kept.push(mark);
    reached = mark.end;
  }
  return kept;
}

const metadataOf: Readonly<Record<string, string>> = {
  'image/jpeg': 'A photograph may hold where, when and with which device it was taken.',
  'image/png': 'A picture may show whose screen it is, and hold when it was made.',
  'application/pdf': 'A document may hold its author, their organisation and the programme that made it.',
};

/** What making a copy cannot do. */
export const copyCaution =
  'A copy of a picture keeps its pixels and nothing else: faces, screens, handwriting and what stands in the background may still show who reported. The text of a PDF or a text file is not sanitised, even where a PDF covers or hides it. Look at every copy before it leaves. Probity shows no PDF, so one cannot be checked here.';

/** What an attachment may give away beside what it shows. */
export const selectFileExposures = ({ name, type }: { name: string; type: string }): readonly string[] =>
  [
    metadataOf[type],
    /\d{6,}/u.test(name) ? 'Its name may hold a date, a time or a number.' : undefined,
    /[\p{Lu}][\p{Ll}]+[ _-][\p{Lu}][\p{Ll}]+/u.test(name) ? 'Its name may hold a person’s name.' : undefined,
  ].filter((each) => each !== undefined);
