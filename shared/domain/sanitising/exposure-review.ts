import type { ItemState } from '../items/item-recorded.ts';
import type { ReferralState } from '../referral/referral.ts';
import { type ExposureMark, selectMarks } from './exposure.ts';
import type { SanitisedPart, TreatedMark } from './mark-schema.ts';

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

/** The marks of a text with nothing yet made of them: where a review starts. */
export const toOpenMarks = (text: string, where: TreatedMark['in']): readonly TreatedMark[] =>
  selectMarks(text).map((mark) => ({ ...mark, in: where, treatment: 'open', why: null }));

/** How often each stands in the list. */
export function tally(list: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

/**
 * What the check finds and the review does not mention: in the original, by place; in the sanitised text, words that
 * stand there more often than somebody dismissed them.
 */
export function unmarked(state: State, data: Review): readonly ExposureMark[] {
  const seen = new Set(data.marks.map((mark) => (mark.in === 'original' ? `${mark.start} ${mark.end}` : '')));
  const dismissed = tally(data.marks.flatMap(({ treatment, text }) => (treatment === 'dismissed' ? [text] : [])));
  const inOriginal = selectMarks(selectOriginal(state, data.of) ?? '').filter(
    ({ start, end }) => !seen.has(`${start} ${end}`),
  );
  const left = selectMarks(data.text);
  const words = tally(left.map(({ text }) => text));
  const inSanitised = left.filter(({ text }) => (words.get(text) ?? 0) > (dismissed.get(text) ?? 0));
  return [...inOriginal, ...inSanitised];
}
