import { suggestReplacement } from '#renderer/words/replacements.ts';
import type { Report } from '#shared/domain/report/report.ts';
import {
  type ExposureMark,
  type Known,
  longestMark,
  selectMarks,
  type TreatedMark,
} from '#shared/domain/sanitising/exposure.ts';
import { countsIn, countsInKept, foldWords, tally } from '#shared/domain/sanitising/exposure-review.ts';
import type { ReadThroughQuestion } from '#shared/domain/sanitising/read-through.ts';
import { evenPlaces, evenText } from '#shared/kernel/folded-text.ts';

/** A sanitised text being written. The same words are dealt with once, wherever they stand. */
export interface SanitiseForm {
  readonly text: string;
  /** Marked words that stay, and why they may. */
  readonly dismissed: readonly { readonly words: string; readonly why: string }[];
  /** What somebody wrote to stand in place of marked words. */
  readonly replacements: readonly { readonly words: string; readonly by: string }[];
  readonly answers: Readonly<Record<ReadThroughQuestion, string>>;
}
export const sanitiseShape: SanitiseForm = {
  text: '',
  dismissed: [{ words: '', why: '' }],
  replacements: [{ words: '', by: '' }],
  answers: { whoElse: '', findOut: '', closestFriend: '' },
};

export const sameWords = (one: string, other: string): boolean => foldWords(one) === foldWords(other);

const whyDismissed = ({ dismissed }: SanitiseForm, words: string): string | null =>
  dismissed.find((each) => sameWords(each.words, words))?.why.trim() || null;

function treat(mark: ExposureMark, where: TreatedMark['in'], form: SanitiseForm, gone: boolean): TreatedMark {
  const why = whyDismissed(form, mark.text);
  const isDismissed = form.dismissed.some(({ words }) => sameWords(words, mark.text));
  if (gone) return { ...mark, in: where, treatment: 'resolved', why: null };
  return { ...mark, in: where, treatment: isDismissed ? 'dismissed' : 'open', why: isDismissed ? why : null };
}

const wordsOf = (marks: readonly { readonly text: string }[]): string[] => marks.map(({ text }) => text);

/** Whether marked words are gone from the sanitised text, but for where they stand within others that stay. */
function isGoneFrom({ text, dismissed }: SanitiseForm): (words: string) => boolean {
  const count = countsIn(text);
  const stays = dismissed.flatMap(({ words }) => Array.from({ length: Math.min(count(words), 100) }, () => words));
  const kept = countsInKept(stays);
  // A word longer than a mark was cut, and half a word is never found as a whole one.
  const isCutShort = (words: string) => words.length >= longestMark / 2 && text.includes(words);
  return (words) => {
    const isKept = dismissed.some((each) => sameWords(each.words, words));
    return count(words) <= (isKept ? 0 : kept(words)) && !isCutShort(words);
  };
}

/** Every mark of the original, and those that only the sanitised text has, with what was made of each. */
export function treatedMarks(original: string, form: SanitiseForm, known: Known): readonly TreatedMark[] {
  const isGone = isGoneFrom(form);
  const inOriginal = selectMarks(original, known).map((mark) => treat(mark, 'original', form, isGone(mark.text)));
  const left = selectMarks(form.text, known);
  const words = tally(wordsOf(left));
  const kept = tally(wordsOf(inOriginal.filter(({ treatment }) => treatment !== 'resolved')));
  const inSanitised = left
    .filter(({ text }) => (words.get(text) ?? 0) > (kept.get(text) ?? 0))
    .map((mark) => treat(mark, 'sanitised', form, false));
  return [...inOriginal, ...inSanitised];
}

/** A mark that nobody has dealt with. */
export const isOpen = ({ treatment, why }: TreatedMark): boolean =>
  treatment === 'open' || (treatment === 'dismissed' && !why);

const wordPart = '[\\p{L}\\p{N}]';

const beginsSentence = (text: string, at: number): boolean =>
  /(?:^|[.!?]["'”’)]?\s+|\n\s*)$/u.test(text.slice(0, at).slice(-6));
const asBeginning = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The text with other words in place of these, wherever they stand, in whatever form of the same characters. */
export function replaceWords(text: string, words: string, by: string): string {
  const pattern = evenText(words).trim().split(/\s+/u).map(RegExp.escape).join('\\s+');
  const wholeWords = `(?<!${wordPart}(?=${wordPart}))${pattern}(?!(?<=${wordPart})${wordPart})`;
  const { even, stretch } = evenPlaces(text);
  let [replaced, from] = ['', 0];
  for (const { 0: found, index } of even.matchAll(new RegExp(wholeWords, 'giu'))) {
    const { start, end } = stretch(index, index + found.length);
    replaced += text.slice(from, start) + (beginsSentence(text, start) ? asBeginning(by) : by);
    from = end;
  }
  return replaced + text.slice(from);
}

type Language = Report['language'];

/** What stands in place of a mark: what somebody wrote for it, or what is offered in the language of the text. */
export const replacementOf = ({ replacements }: SanitiseForm, mark: ExposureMark, language: Language): string =>
  replacements.find(({ words }) => sameWords(words, mark.text))?.by ?? suggestReplacement(mark, language);

const without = <Each extends { readonly words: string }>(list: readonly Each[], words: string): readonly Each[] =>
  list.filter((each) => !sameWords(each.words, words));

type Change = Partial<SanitiseForm>;

export const writeReplacement = ({ replacements }: SanitiseForm, words: string, by: string): Change => ({
  replacements: [...without(replacements, words), { words, by }],
});

export const replaceMark = (form: SanitiseForm, mark: ExposureMark, language: Language): Change => ({
  text: replaceWords(form.text, mark.text, replacementOf(form, mark, language)),
  dismissed: without(form.dismissed, mark.text),
});

export const keepMark = ({ dismissed }: SanitiseForm, words: string, why: string): Change => ({
  dismissed: [...without(dismissed, words), { words, why }],
});

export const reopenMark = ({ dismissed }: SanitiseForm, words: string): Change => ({
  dismissed: without(dismissed, words),
});
