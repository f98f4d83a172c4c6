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

interface PriorityRule {
  readonly gives: Exclude<Priority, 'standard'>;
  /** Holds when every answer named here is one of those listed. */
  readonly when: { readonly [Answer in keyof PriorityAnswers]?: readonly PriorityAnswers[Answer][] };
  readonly because: string;
}

/**
 * How soon, from what was answered: the highest that any row gives; `standard` when none holds. What is not known is
 * never taken for "no". How the information is graded plays no part: a risk is not less urgent for being untested.
 * [unsure: local policy; no national table. The elements are those of THRIVE.]
 */
export const priorityRules: readonly PriorityRule[] = [
  { gives: 'immediate', when: { worst: ['critical'] }, because: 'someone is at critical risk' },
  { gives: 'immediate', when: { threat: ['immediate'] }, because: 'the threat is immediate' },
  { gives: 'high', when: { atRiskNow: ['yes'] }, because: 'someone is at risk now' },
  { gives: 'high', when: { worst: ['high'] }, because: 'someone is at high risk' },
  {
    gives: 'high',
    when: { threat: ['credible'], harm: ['serious'] },
    because: 'the threat is credible and the harm serious',
  },
  {
    gives: 'high',
    when: { vulnerability: ['present'], risk: ['high'] },
    because: 'someone is vulnerable and it is likely to happen',
  },
  { gives: 'raised', when: { atRiskNow: ['unknown'] }, because: 'it is not known whether anyone is at risk' },
  { gives: 'raised', when: { worst: ['medium'] }, because: 'someone is at medium risk' },
  { gives: 'raised', when: { mandatory: ['met'] }, because: 'it must be referred to the IOPC' },
  { gives: 'raised', when: { threat: ['credible'] }, because: 'the threat is credible' },
  { gives: 'raised', when: { harm: ['serious'] }, because: 'the harm is serious' },
  { gives: 'raised', when: { vulnerability: ['present'] }, because: 'someone is vulnerable' },
  { gives: 'raised', when: { investigation: ['perishable'] }, because: 'evidence may soon be lost' },
  {
    gives: 'raised',
    when: { threat: ['unknown'], harm: ['unknown'] },
    because: 'neither the threat nor the harm is known',
  },
  {
    gives: 'raised',
    when: { vulnerability: ['possible'], harm: ['unknown', 'moderate'] },
    because: 'someone may be vulnerable to harm',
  },
];
