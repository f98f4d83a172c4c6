import { evenText } from '#shared/kernel/folded-text.ts';
import type { ItemState } from '../items/item-recorded.ts';
import type { ReferralState } from '../referral/referral.ts';
import { type ExposureMark, type Known, type SanitisedPart, selectMarks, type TreatedMark } from './exposure.ts';
import { isWordPart } from './word-part.ts';

type State = ItemState & ReferralState;

/** The text that is sanitised, as it came: an item's, or the whole narrative. Null when there is no such item. */
export function selectOriginal({ referral, items }: State, of: SanitisedPart): string | null {
  if (of.kind === 'whole') return referral.report.narrative;
  return items.find(({ entry }) => entry === of.item)?.text ?? null;
}

/** What a review of a text says. */
export interface Review {
  readonly of: SanitisedPart;
  readonly text: string;
  readonly marks: readonly TreatedMark[];
}

/** What is known of a case beside its text. @param phrases of the unit's own */
export const knownOf = ({ referral }: ReferralState, phrases: readonly string[]): Known => ({
  phrases,
  subjects: referral.report.subjects,
});

/** How often each stands in the list. */
export function tally(list: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

/**
 * What the check finds and the review does not mention: in the original, by place; in the sanitised text, words that
 * stand there more often than somebody dismissed them.
 * @param phrases of the unit's own
 */
export function unmarked(state: State, data: Review, phrases: readonly string[]): readonly ExposureMark[] {
  const known = knownOf(state, phrases);
  const seen = new Set(data.marks.map((mark) => (mark.in === 'original' ? `${mark.start} ${mark.end}` : '')));
  const dismissed = tally(data.marks.flatMap(({ treatment, text }) => (treatment === 'dismissed' ? [text] : [])));
  const inOriginal = selectMarks(selectOriginal(state, data.of) ?? '', known).filter(
    ({ start, end }) => !seen.has(`${start} ${end}`),
  );
  const left = selectMarks(data.text, known);
  const words = tally(left.map(({ text }) => text));
  const inSanitised = left.filter(({ text }) => (words.get(text) ?? 0) > (dismissed.get(text) ?? 0));
  return [...inOriginal, ...inSanitised];
}

/** What is seen, in lower case in no language, so that replicas agree whatever theirs is; spaces count as one. */
export const foldWords = (text: string): string => evenText(text).toLowerCase().replace(/\s+/gu, ' ').trim();

/** Whether a word goes on from one character to the next. */
const isJoined = (one: string | undefined, next: string | undefined): boolean => isWordPart(one) && isWordPart(next);

function countIn(within: string, wanted: string): number {
  let count = 0;
  if (!wanted) return count;
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    if (!isJoined(within[at - 1], within[at]) && !isJoined(within[end - 1], within[end])) count += 1;
  }
  return count;
}

/**
 * How often words occur in a text as whole words, whatever their case and spacing. The text is made ready once and the
 * same words are counted once: a thousand marks on a text made for it would hold up every replica for seconds.
 */
export function countsIn(text: string): (words: string) => number {
  const within = foldWords(text);
  const known = new Map<string, number>();
  return (words) => {
    const wanted = foldWords(words);
    const count = known.get(wanted) ?? countIn(within, wanted);
    known.set(wanted, count);
    return count;
  };
}

/** For one look only. */
export const occurrences = (text: string, words: string): number => countsIn(text)(words);

/** More than a text and what was made of it hold: marks made to hold up every replica count as open beyond it. */
const mostKept = 200_000;

/** How often words stand in phrases that stay: "I" within "I saw" is kept with it. */
export const countsInKept = (kept: readonly string[]): ((words: string) => number) =>
  countsIn(kept.join(' | ').slice(0, mostKept));

/**
 * Marks that nobody has dealt with: left open, dismissed without a reason, or called resolved while their words still
 * stand in the sanitised text more often than in what was dismissed.
 */
export function openMarks(sanitised: string, marks: readonly TreatedMark[]): readonly TreatedMark[] {
  const kept = countsInKept(marks.flatMap(({ treatment, text }) => (treatment === 'dismissed' ? [text] : [])));
  const count = countsIn(sanitised);
  return marks.filter(({ treatment, text, why }) => {
    if (treatment === 'dismissed') return !why;
    if (treatment === 'open') return true;
    const left = count(text);
    return left > 0 && left > kept(text);
  });
}
