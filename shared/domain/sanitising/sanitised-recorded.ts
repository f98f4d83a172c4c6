import { z } from 'zod';
import type { EntryId } from '#shared/kernel/ids.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { reasons } from '../event/fields.ts';
import { type History, selectLatest } from '../event/history.ts';
import { findKnown } from '../event/revocable.ts';
import type { ItemState } from '../items/item-recorded.ts';
import type { ReferralState } from '../referral/referral.ts';
import { written } from '../written/written.ts';
import { type SanitisedPart, sanitisedPartSchema, treatedMarkSchema } from './exposure.ts';
import { openMarks, unmarked } from './exposure-review.ts';
import { isInWords, readThroughIds } from './read-through.ts';

const data = z.strictObject({
  of: sanitisedPartSchema,
  text: written(1, 50_000),
  marks: z.array(treatedMarkSchema).max(1000),
  /** To the questions that no pattern answers (read-through.ts). */
  answers: z.strictObject({ whoElse: reasons, findOut: reasons, closestFriend: reasons }),
});
export type SanitisedRecorded = z.output<typeof data>;

export interface SanitisedState {
  /** Of items and of the whole together: `sanitisedHistory` takes them apart. */
  readonly sanitised: History<SanitisedRecorded>;
}

/**
 * College APP: what identifies the source, explicitly or implicitly, is removed before anything is passed on. The rule
 * judges the marks that are recorded, not those that this version would find: replicas of other versions must agree.
 */
export const sanitisedRecorded = defineCaseEvent('sanitised.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { sanitised: [] },
  rule: ({ of, text, marks, answers }, { case: { items }, knew }: RuleContext<ItemState & ReferralState>) => {
    if (of.kind === 'item' && !findKnown(items, of.item, knew)) return refuse('no-such-item');
    const open = openMarks(text, marks).length;
    if (open > 0) return refuseField('marks', 'marks-open', { count: open });
    const unanswered = readThroughIds.find((id) => !isInWords(answers[id]));
    return unanswered ? refuseField(`answers.${unanswered}`, 'answer-in-words') : null;
  },
  desk: (recorded, { case: state, policy }) => {
    const left = unmarked(state, recorded, policy.phrases).length;
    return left > 0 ? refuseField('marks', 'marks-unseen', { count: left }) : null;
  },
  history: (state: SanitisedState, { of }) => sanitisedHistory(state, of.kind === 'item' ? of.item : null),
  apply: ({ sanitised }: SanitisedState, recorded, signed) => ({
    sanitised: [...sanitised, { ...recorded, ...signed }],
  }),
});

const isOf = (of: SanitisedPart, item: EntryId | null): boolean =>
  of.kind === 'item' ? of.item === item : item === null;

/** All sanitised versions of one item, or of the whole referral (`null`). The latest in force may leave the case. */
export const sanitisedHistory = ({ sanitised }: SanitisedState, item: EntryId | null): History<SanitisedRecorded> =>
  sanitised.filter(({ of }) => isOf(of, item));

export const selectSanitised = (state: SanitisedState, item: EntryId | null) =>
  selectLatest(sanitisedHistory(state, item));
