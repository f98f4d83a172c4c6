import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema, note } from '../event/fields.ts';
import { type History, selectCurrent } from '../event/history.ts';
import type { Knew, Signed } from '../event/signed.ts';
import {
  type InStreams,
  isOwnStream,
  type Received,
  type ReferralState,
  receivedSchema,
} from '../referral/referral.ts';
import { isByHand } from '../report/report.ts';
import { joinedReferral } from './joined-referral.ts';

/** A delivered referral that was joined to this case. */
export interface Joined extends Signed {
  readonly case: z.output<typeof caseIdSchema>;
  readonly reference: string;
  readonly why: string;
}
export interface JoinedState {
  readonly joined: readonly Joined[];
}

type Text = Pick<ReferralState, 'referral' | 'sentWith'>;

const together = ({ referral, sentWith }: Text, other: Received): Received =>
  joinedReferral({ ...referral, ...(sentWith && { sentWith }) }, other);

/** Sent to another force, and not sent back. */
export interface Sent {
  readonly dispositions: History<{
    readonly chosen: { readonly kind: string };
    readonly answers: History<{ readonly answer: string }>;
  }>;
}
const isSent = ({ dispositions }: Sent, knew: Knew): boolean =>
  selectCurrent(dispositions, knew).some(
    ({ chosen, answers }) =>
      chosen.kind === 'otherForce' && !answers.some((each) => knew(each) && each.answer === 'sentBack'),
  );

/**
 * The referral that the case was opened ahead of has arrived, and is the same: its author's signed copy of what stands in its own
 * stream, which says so too (case-joined-into.ts). What other streams hold comes in no other way.
 */
export const referralJoined = defineCaseEvent('referral.joined', {
  v: 1,
  data: z.strictObject({ case: caseIdSchema, referral: receivedSchema, why: note }),
  audit: 'combination',
  may: 'assess',
  followUp: 'passOnDisposition',
  rule: (other, { case: state, knew }: RuleContext<JoinedState & Text & InStreams & Sent>) => {
    if (!isByHand(state.referral.report)) return refuse('not-by-hand');
    if (isByHand(other.referral.report)) return refuse('joins-delivered-only');
    if (isOwnStream(state, other.case)) return refuse('join-to-itself');
    // Also where its author could not know: the text would stand there twice.
    if (state.joined.some((each) => each.case === other.case)) return refuse('joined-already');
    // What was sent there is not sent again: its second text would reach nobody.
    if (isSent(state, knew)) return refuse('joined-after-sent');
    return receivedSchema.safeParse(together(state, other.referral)).success ? null : refuse('joined-too-long');
  },
  apply: (state: JoinedState & Text, { case: from, referral: other, why }, signed) => {
    const { sentWith = null, ...referral } = together(state, other);
    return {
      referral,
      sentWith,
      joined: [...state.joined, { case: from, reference: other.reference, why, ...signed }],
    };
  },
});
