import type { ThriveAnswer } from '../harm/thrive.ts';
import type { RiskLevel } from '../risk/rara.ts';
import type { Priority } from './priorities.ts';

/** The recorded answers that priority follows from. `unasked`: nobody answered yet. */
export interface PriorityAnswers {
  readonly atRiskNow: 'yes' | 'no' | 'unknown' | 'unasked';
  /** The gravest risk to anyone named; `none` when nobody is. */
  readonly worst: RiskLevel | 'none';
  readonly mandatory: 'met' | 'notMet' | 'unasked';
  readonly threat: ThriveAnswer<'threat'> | 'unasked';
  readonly harm: ThriveAnswer<'harm'> | 'unasked';
  readonly risk: ThriveAnswer<'risk'> | 'unasked';
  readonly investigation: ThriveAnswer<'investigation'> | 'unasked';
  readonly vulnerability: ThriveAnswer<'vulnerability'> | 'unasked';
}

export interface PriorityRule {
  readonly gives: Exclude<Priority, 'standard'>;
  /** Holds when every answer named here is one of those listed. */
  readonly when: { readonly [Answer in keyof PriorityAnswers]?: readonly PriorityAnswers[Answer][] };
  /** A code: the window has the words for it. */
  readonly because: string;
}

/**
 * How soon, from what was answered: the highest that any row gives; `standard` when none holds. What is not known is
 * never taken for "no". How the information is graded plays no part: a risk is not less urgent for being untested.
 * [unsure: no national table. The elements are those of THRIVE. The same for every unit.]
 */
export const priorityRules = [
  { gives: 'immediate', when: { worst: ['critical'] }, because: 'critical-risk' },
  { gives: 'immediate', when: { threat: ['immediate'] }, because: 'threat-immediate' },
  { gives: 'high', when: { atRiskNow: ['yes'] }, because: 'at-risk-now' },
  { gives: 'high', when: { worst: ['high'] }, because: 'high-risk' },
  {
    gives: 'high',
    when: { threat: ['credible'], harm: ['serious'] },
    because: 'threat-credible-harm-serious',
  },
  {
    gives: 'high',
    when: { vulnerability: ['present'], risk: ['high'] },
    because: 'vulnerable-and-likely',
  },
  { gives: 'raised', when: { atRiskNow: ['unknown'] }, because: 'at-risk-unknown' },
  { gives: 'raised', when: { worst: ['medium'] }, because: 'medium-risk' },
  { gives: 'raised', when: { mandatory: ['met'] }, because: 'must-be-referred' },
  { gives: 'raised', when: { threat: ['credible'] }, because: 'threat-credible' },
  { gives: 'raised', when: { harm: ['serious'] }, because: 'harm-serious' },
  { gives: 'raised', when: { vulnerability: ['present'] }, because: 'vulnerable' },
  { gives: 'raised', when: { investigation: ['perishable'] }, because: 'evidence-perishable' },
  {
    gives: 'raised',
    when: { threat: ['unknown'], harm: ['unknown'] },
    because: 'threat-and-harm-unknown',
  },
  {
    gives: 'raised',
    when: { vulnerability: ['possible'], harm: ['unknown', 'moderate'] },
    because: 'vulnerable-perhaps',
  },
] as const satisfies readonly PriorityRule[];

/** Why a priority is what it is: a row of the table, or what stands in its place where no row counts. */
export type PriorityReason = (typeof priorityRules)[number]['because'] | 'contact-centre' | 'nothing-calls-for-more';
