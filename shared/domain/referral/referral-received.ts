import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { type ReferralState, receivedSchema } from './referral.ts';

/** Authored and signed by the endpoint; opens the case's stream. Once only. */
export const referralReceived = defineCaseEvent('referral.received', {
  v: 1,
  data: receivedSchema,
  audit: 'collection',
  may: null,
  fromEndpoint: true,
  opens: true,
  rule: (_, { case: before }: RuleContext<ReferralState | null>) =>
    before ? refuse('referral-received-already') : null,
  apply: (_: ReferralState, { sentWith, ...referral }) => ({ referral, sentWith: sentWith ?? null, holder: null }),
});
