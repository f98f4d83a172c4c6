import { type Recorded, selectCurrent } from '../event/history.ts';
import type { HarmAssessed, HarmState } from '../harm/harm-assessed.ts';
import type { MandatoryReferralAssessed, MandatoryState } from '../iopc/mandatory-referral-assessed.ts';
import type { Report } from '../report/report.ts';
import { riskLevelIds } from '../risk/rara.ts';
import type { RiskAssessed, RiskState } from '../risk/risk-assessed.ts';
import { type Priority, priorities, selectPriority } from './priorities.ts';
import type { OverrideState, PriorityOverridden } from './priority-overridden.ts';
import { type PriorityAnswers, type PriorityReason, type PriorityRule, priorityRules } from './priority-rules.ts';

type Override = Recorded<PriorityOverridden>;

export interface ExplainedPriority {
  /** What counts: the override where there is one, else what the answers give. */
  readonly priority: Priority;
  readonly computed: Priority;
  /** Why the answers give it. */
  readonly because: readonly PriorityReason[];
  readonly override: Override | null;
}

/** One set of recorded answers as the table reads them. */
function toAnswers(risk?: RiskAssessed, harm?: HarmAssessed, mandatory?: MandatoryReferralAssessed): PriorityAnswers {
  const thrive = harm?.thrive;
  return {
    atRiskNow: risk?.atRiskNow ?? 'unasked',
    worst: riskLevelIds.find((level) => risk?.people.some((person) => person.level === level)) ?? 'none',
    mandatory: mandatory ? (mandatory.criteria.length > 0 ? 'met' : 'notMet') : 'unasked',
    threat: thrive?.threat.answer ?? 'unasked',
    harm: thrive?.harm.answer ?? 'unasked',
    risk: thrive?.risk.answer ?? 'unasked',
    investigation: thrive?.investigation.answer ?? 'unasked',
    vulnerability: thrive?.vulnerability.answer ?? 'unasked',
  };
}

/** What the table says before anyone overrides it. */
interface Computed {
  readonly priority: Priority;
  readonly because: readonly PriorityReason[];
}

const higher = (one: Computed, other: Computed): Computed =>
  priorities[other.priority].rank < priorities[one.priority].rank ? other : one;

const holds = (when: PriorityRule['when'], answers: PriorityAnswers): boolean =>
  Object.entries(when).every(([answer, listed]) =>
    (listed as readonly string[]).includes(answers[answer as keyof PriorityAnswers]),
  );

/** What the table gives for one set of answers. */
function computePriority(answers: PriorityAnswers): Computed {
  const held = priorityRules.filter(({ when }) => holds(when, answers));
  const top = held.reduce<Priority>(
    (best, { gives }) => (priorities[gives].rank < priorities[best].rank ? gives : best),
    'standard',
  );
  const because = held.filter(({ gives }) => gives === top).map((rule) => rule.because);
  return { priority: top, because: because.length > 0 ? because : ['nothing-calls-for-more'] };
}

const orNothing = <Each>(list: readonly Each[]): readonly (Each | undefined)[] =>
  list.length > 0 ? list : [undefined];

type Answered = RiskState & HarmState & MandatoryState;

/** The highest over all answers in force: where two conflict, the graver counts until a person settles it. */
function computeFromAll({ risk, harm, mandatory }: Answered): Computed {
  const [risks, harms, tests] = [selectCurrent(risk), selectCurrent(harm), selectCurrent(mandatory)];
  return orNothing(risks)
    .flatMap((one) => orNothing(harms).flatMap((two) => orNothing(tests).map((three) => toAnswers(one, two, three))))
    .map(computePriority)
    .reduce(higher);
}

/**
 * The assessed priority; null until risk or harm is assessed or somebody set it. Before both are assessed it is never
 * below what the contact centre's own record calls for: half an assessment lowers nothing.
 */
export function selectAssessedPriority(assessment: Answered & OverrideState, report: Report): ExplainedPriority | null {
  const { risk, harm, overrides } = assessment;
  // Two overrides that conflict: the more urgent counts.
  const override = selectCurrent(overrides)
    .filter(({ priority }) => priority !== null)
    .sort(
      (one, other) => priorities[one.priority ?? 'standard'].rank - priorities[other.priority ?? 'standard'].rank,
    )[0];
  if (risk.length === 0 && harm.length === 0 && !override) return null;
  const fromAnswers = computeFromAll(assessment);
  const floor: Computed = { priority: selectPriority(report), because: ['contact-centre'] };
  const computed = risk.length > 0 && harm.length > 0 ? fromAnswers : higher(fromAnswers, floor);
  return {
    priority: override?.priority ?? computed.priority,
    computed: computed.priority,
    because: computed.because,
    override: override ?? null,
  };
}
