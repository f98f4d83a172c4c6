import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { line, note, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import type { ReferralState } from '../referral/referral.ts';
import { isLowered } from './lowered.ts';
import { riskActionIds, riskLevelIds } from './rara.ts';

/** One at risk: who, how gravely, and what is done (RARA). `note` says what exactly, or why the risk is accepted. */
const personSchema = z.strictObject({
  who: line(300),
  risk: line(1000),
  level: z.enum(riskLevelIds),
  action: z.enum(riskActionIds),
  note,
});

const data = z.strictObject({
  atRiskNow: z.enum(['yes', 'no', 'unknown']),
  people: z.array(personSchema).max(50),
  rationale: reasons,
  /** Why the risk is less grave than it stood: as recorded last or, at first, as the contact centre had it. */
  whyLower: reasons.optional(),
});
export type RiskAssessed = z.output<typeof data>;

export interface RiskState {
  readonly risk: History<RiskAssessed>;
}

/** (a) Is anyone at risk now. ECHR Art 2 and 3 (Osman): who is must be said, and what is done about it. */
export const riskAssessed = defineCaseEvent('risk.assessed', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { risk: [] },
  protects: () => true,
  rule: (assessed, { case: { risk, referral }, knew }: RuleContext<RiskState & ReferralState>) => {
    const { atRiskNow, people, whyLower } = assessed;
    if (atRiskNow === 'yes' && people.length === 0) return refuseField('people', 'nobody-named-at-risk');
    return !whyLower && isLowered(assessed, referral.report.peopleAtRisk, risk, knew)
      ? refuseField('whyLower', 'lowered-without-reason')
      : null;
  },
  history: ({ risk }: RiskState) => risk,
  apply: ({ risk }: RiskState, recorded, signed) => ({ risk: [...risk, { ...recorded, ...signed }] }),
});
