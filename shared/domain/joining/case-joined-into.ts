import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { DispositionState } from '../disposition/disposition-recorded.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema, note } from '../event/fields.ts';
import type { Recorded } from '../event/history.ts';
import { type InStreams, isOwnStream, type ReferralState } from '../referral/referral.ts';
import { isByHand, referenceSchema } from '../report/report.ts';

const data = z.strictObject({ case: caseIdSchema, reference: referenceSchema, why: note });
export type JoinedInto = Recorded<z.output<typeof data>>;
export interface JoinedIntoState {
  readonly joinedInto: readonly JoinedInto[];
}

type Needs = JoinedIntoState & DispositionState & InStreams & Pick<ReferralState, 'referral'>;

/**
 * This referral goes on in the case that a member had opened ahead of it, where its text stands since (referral-joined.ts). From
 * here on nothing is decided here any more (case/refusal-of.ts). Where another unit sent it, a person has it now.
 */
export const caseJoinedInto = defineCaseEvent('case.joinedInto', {
  v: 1,
  data,
  audit: 'combination',
  may: 'assess',
  withoutHolding: true,
  followUp: 'acknowledgeTransfer',
  empty: { joinedInto: [] },
  rule: (into, { case: state, knew }: RuleContext<Needs>) => {
    if (isByHand(state.referral.report)) return refuse('joins-delivered-only');
    if (isOwnStream(state, into.case)) return refuse('join-to-itself');
    if (state.joinedInto.length > 0) return refuse('joined-already');
    return selectInForce(state.dispositions, knew).exclusive.length > 0 ? refuse('join-of-decided') : null;
  },
  apply: ({ joinedInto }: JoinedIntoState, into, signed) => ({ joinedInto: [...joinedInto, { ...into, ...signed }] }),
});
