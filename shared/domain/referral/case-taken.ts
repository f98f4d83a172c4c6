import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import type { ReferralState } from './referral.ts';

/**
 * A member takes a case onto their desk. Of what another unit sent, that is the acknowledgement: a person there has it, and
 * no program says so in their stead.
 */
export const caseTaken = defineCaseEvent('case.taken', {
  v: 1,
  data: z.strictObject({}),
  audit: 'alteration',
  may: 'takeCase',
  withoutHolding: true,
  followUp: 'acknowledgeTransfer',
  protects: () => true,
  rule: (_, { case: { holder } }: RuleContext<ReferralState>) => (holder ? refuse('case-taken-already') : null),
  apply: (_: ReferralState, __, { by }) => ({ holder: by }),
});
