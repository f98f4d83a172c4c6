import { type ExposureMark, selectMarks } from '#shared/domain/assessment/exposure.ts';
import type { TreatedMark } from '#shared/domain/assessment/mark-schema.ts';
import { occurrences } from '#shared/domain/assessment/sanitising.ts';

/** A sanitised text being written, and why marked words may stay: one reason for the same words wherever they stand. */
export interface SanitiseForm {
  readonly text: string;
  readonly dismissed: readonly { readonly words: string; readonly why: string }[];
}
export const sanitiseShape: SanitiseForm = { text: '', dismissed: [{ words: '', why: '' }] };

const fold = (words: string): string => words.toLocaleLowerCase('en-GB').replace(/\s+/gu, ' ').trim();
export const sameWords = (one: string, other: string): boolean => fold(one) === fold(other);

const whyDismissed = ({ dismissed }: SanitiseForm, words: string): string | null =>
  dismissed.find((each) => sameWords(each.words, words))?.why.trim() || null;

function treat(mark: ExposureMark, where: TreatedMark['in'], form: SanitiseForm): TreatedMark {
  const { why: _, ...found } = mark;
  const gone = where === 'original' && occurrences(form.text, mark.text) === 0;
  const why = whyDismissed(form, mark.text);
  const isDismissed = form.dismissed.some(({ words }) => sameWords(words, mark.text));
  if (gone) return { ...found, in: where, outcome: 'resolved', why: null };
  return { ...found, in: where, outcome: isDismissed ? 'dismissed' : 'open', why: isDismissed ? why : null };
}

/** Every mark of the original, and those that only the sanitised text has, with what was made of each. */
export function treatedMarks(original: string, form: SanitiseForm): readonly TreatedMark[] {
  const inOriginal = selectMarks(original).map((mark) => treat(mark, 'original', form));
  const inSanitised = selectMarks(form.text)
    .filter(({ text }) => {
      const kept = inOriginal.filter((mark) => mark.text === text && mark.outcome !== 'resolved').length;
      return selectMarks(form.text).filter((mark) => mark.text === text).length > kept;
    })
    .map((mark) => treat(mark, 'sanitised', form));
  return [...inOriginal, ...inSanitised];
}

const wordPart = '[\\p{L}\\p{N}]';

/** The text without these words, as `occurrences` finds them. What stood there says that something did. */
export function takeOut(text: string, words: string): string {
  const pattern = words.trim().split(/\s+/u).map(RegExp.escape).join('\\s+');
  const wholeWords = `(?<!${wordPart}(?=${wordPart}))${pattern}(?!(?<=${wordPart})${wordPart})`;
  return text.replace(new RegExp(wholeWords, 'giu'), '[removed]');
}
