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

interface FileExposure {
  readonly name: string;
  readonly why: readonly string[];
}

/** What each attachment may give away, before a sanitised copy without metadata is made. */
export function selectFileExposures(files: readonly { name: string; type: string }[]): readonly FileExposure[] {
  return files.flatMap(({ name, type }) => {
    const why = [metadataOf[type], /\d{6,}/u.test(name) ? 'Its name may hold a date, a time or a number.' : undefined]
      .concat(/[\p{Lu}][\p{Ll}]+[ _-][\p{Lu}][\p{Ll}]+/u.test(name) ? ['Its name may hold a person’s name.'] : [])
      .filter((each) => each !== undefined);
    return why.length > 0 ? [{ name, why }] : [];
  });
}
