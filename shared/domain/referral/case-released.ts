import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { may, rolesThatMay } from '../policy/policy.ts';
import type { ReferralState } from './referral.ts';

/** A case is put back for others to take: by who has it, or by a supervisor. */
export const caseReleased = defineCaseEvent('case.released', {
  v: 1,
  data: z.strictObject({}),
  audit: 'alteration',
  may: 'anyone',
  withoutHolding: true,
  protects: () => true,
  rule: (_, { case: { holder }, actor, policy }: RuleContext<ReferralState>) => {
    if (!holder) return refuse('case-not-taken');
    if (actor && (holder === actor.id || may(actor.role, 'releaseOthers', policy))) return null;
    return refuse('release-others', { roles: rolesThatMay('releaseOthers', policy) });
  },
  apply: (_: ReferralState) => ({ holder: null }),
});
