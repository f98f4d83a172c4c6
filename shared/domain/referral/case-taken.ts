import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import type { ReferralState } from './referral.ts';

/** A member takes a case onto their desk. */
export const caseTaken = defineCaseEvent('case.taken', {
  v: 1,
  data: z.strictObject({}),
  audit: 'alteration',
  may: 'takeCase',
  withoutHolding: true,
  protects: () => true,
  rule: (_, { case: { holder } }: RuleContext<ReferralState>) => (holder ? refuse('case-taken-already') : null),
  apply: (_: ReferralState, __, { by }) => ({ holder: by }),
});
