import { type ExposureMark, longestMark, selectMarks, type TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { countsIn, tally } from '#shared/domain/sanitising/exposure-review.ts';
import { evenText } from '#shared/kernel/folded-text.ts';

/** A sanitised text being written, and why marked words may stay: one reason for the same words wherever they stand. */
export interface SanitiseForm {
  readonly text: string;
  readonly dismissed: readonly { readonly words: string; readonly why: string }[];
}
export const sanitiseShape: SanitiseForm = { text: '', dismissed: [{ words: '', why: '' }] };

const fold = (words: string): string => evenText(words).toLowerCase().replace(/\s+/gu, ' ').trim();
export const sameWords = (one: string, other: string): boolean => fold(one) === fold(other);

const whyDismissed = ({ dismissed }: SanitiseForm, words: string): string | null =>
  dismissed.find((each) => sameWords(each.words, words))?.why.trim() || null;

function treat(mark: ExposureMark, where: TreatedMark['in'], form: SanitiseForm, gone: boolean): TreatedMark {
  const why = whyDismissed(form, mark.text);
  const isDismissed = form.dismissed.some(({ words }) => sameWords(words, mark.text));
  if (gone) return { ...mark, in: where, treatment: 'resolved', why: null };
  return { ...mark, in: where, treatment: isDismissed ? 'dismissed' : 'open', why: isDismissed ? why : null };
}

const wordsOf = (marks: readonly { readonly text: string }[]): string[] => marks.map(({ text }) => text);

/**
 * Every mark of the original, and those that only the sanitised text has, with what was made of each.
 * @param phrases of the unit's own
 */
export function treatedMarks(original: string, form: SanitiseForm, phrases: readonly string[]): readonly TreatedMark[] {
  const count = countsIn(form.text);
  // A word longer than a mark was cut, and half a word is never found as a whole one.
  const isCutShort = (text: string) => text.length >= longestMark / 2 && form.text.includes(text);
  const isGone = (text: string) => count(text) === 0 && !isCutShort(text);
  const inOriginal = selectMarks(original, phrases).map((mark) => treat(mark, 'original', form, isGone(mark.text)));
  const left = selectMarks(form.text, phrases);
  const words = tally(wordsOf(left));
  const kept = tally(wordsOf(inOriginal.filter(({ treatment }) => treatment !== 'resolved')));
  const inSanitised = left
    .filter(({ text }) => (words.get(text) ?? 0) > (kept.get(text) ?? 0))
    .map((mark) => treat(mark, 'sanitised', form, false));
  return [...inOriginal, ...inSanitised];
}

const wordPart = '[\\p{L}\\p{N}]';

/** The text without these words, as `occurrences` finds them. What stood there says that something did. */
export function takeOut(text: string, words: string): string {
  const pattern = words.trim().split(/\s+/u).map(RegExp.escape).join('\\s+');
  const wholeWords = `(?<!${wordPart}(?=${wordPart}))${pattern}(?!(?<=${wordPart})${wordPart})`;
  return text.replace(new RegExp(wholeWords, 'giu'), '[removed]');
}
