import type { AssessmentData, AssessmentEventType } from '#shared/domain/assessment/assessment-events.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { AssessmentState } from '#shared/domain/assessment/assessment-state.ts';
import type { Outcome } from '#shared/domain/assessment/disposition-schema.ts';
import type { Grade } from '#shared/domain/assessment/grade-schema.ts';
import { defaultGrade } from '#shared/domain/assessment/grading.ts';
import { noNdmNotes, type ThriveAnswers } from '#shared/domain/assessment/thrive-schema.ts';
import type { Actor } from '#shared/domain/case/actor.ts';
import { applyToCase } from '#shared/domain/case/apply-case.ts';
import type { CaseEvent, CaseState } from '#shared/domain/case/case-state.ts';
import type { Role } from '#shared/domain/unit/roles.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { referralWith } from '#tests/support/referrals.ts';

/** A test's case: confirmed entries at positions 1, 2, 3 ...; the first is the referral. */
export const caseId = '30000000-0000-4000-8000-000000000001' as StreamId;
export const otherCase = '30000000-0000-4000-8000-000000000002' as StreamId;
export const entry = (position: number) => `20000000-0000-7000-8000-${String(position).padStart(12, '0')}` as EntryId;
export const at = '2026-11-20T10:00:00.000Z';
export const member = (name: string, role: Role = 'analyst'): NonNullable<Actor> => ({ id: name as MemberId, role });
export const ash = member('ash');
export const bo = member('bo');
export const sal = member('sal', 'supervisor');
export const why = 'Reasons that suffice.';
export const narrative =
  'The officer checks vehicles for a friend who deals. I saw it at 23:40 in the canteen. My sister told me that she rang 07700 900123.';

export interface Step {
  readonly event: CaseEvent;
  readonly actor?: Actor;
  readonly seen?: number;
}

const toEvent = <Type extends AssessmentEventType>(type: Type, data: AssessmentData<Type>): CaseEvent =>
  ({ type, at, data }) as CaseEvent;
export const step = <Type extends AssessmentEventType>(
  type: Type,
  data: AssessmentData<Type>,
  more: Omit<Step, 'event'> = {},
): Step => ({ event: toEvent(type, data), ...more });

const received: Step = {
  event: { type: 'referral.received', at, data: referralWith({ narrative }) },
  actor: null,
};

/** Folds the referral and then the steps: step n stands at position n + 1, and its author saw all before it. */
export function fold(...steps: readonly Step[]): CaseState {
  let state: CaseState | null = null;
  for (const [index, { event, actor = ash, seen }] of [received, ...steps].entries()) {
    const position = index + 1;
    const signed = { entry: entry(position), at: event.at, by: actor?.id ?? null, position, seen: seen ?? index };
    state = applyToCase(state, caseId, event, actor, signed);
  }
  if (!state) throw new Error('no case');
  return state;
}

export const assess = (...steps: readonly Step[]): AssessmentState => assessmentOf(fold(...steps));
/** Why the last step was refused; null when it was not. */
export const refused = (...steps: readonly Step[]): string | null | undefined =>
  fold(...steps).activity.at(-1)?.refused;

export const risk = (data: Partial<AssessmentData<'risk.assessed'>> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step('risk.assessed', { atRiskNow: 'no', people: [], rationale: why, ...data }, more);
export const person = (level: AssessmentData<'risk.assessed'>['people'][number]['level']) =>
  ({ who: 'Partner', risk: 'Threats', level, action: 'reduce', note: 'Safe contact made.' }) as const;

type Mandatory = AssessmentData<'mandatoryReferral.assessed'>;
export const notMet = (more: Omit<Step, 'event'> = {}): Step =>
  step('mandatoryReferral.assessed', { criteria: [], corruption: [], becameClearAt: null, rationale: why }, more);
export const met = (data: Partial<Mandatory> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step(
    'mandatoryReferral.assessed',
    {
      criteria: ['seriousCorruption'],
      corruption: [],
      becameClearAt: '2026-11-19T09:00:00.000Z',
      rationale: why,
      ...data,
    },
    more,
  );
export const sent = (data: Partial<AssessmentData<'iopc.referred'>> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step(
    'iopc.referred',
    { kind: 'mandatory', sentAt: '2026-11-20T09:00:00.000Z', what: 'Form', why: null, lateReason: null, ...data },
    more,
  );

export const item = (words: string, more: Omit<Step, 'event'> = {}): Step => {
  const start = narrative.indexOf(words);
  return step('item.recorded', { start, end: start + words.length, text: words, provenance: null }, more);
};
export const grade = (position: number, data: Partial<Grade> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step('item.graded', { item: entry(position), ...defaultGrade, ...data }, more);

type Answers = { readonly [Element in keyof ThriveAnswers]?: ThriveAnswers[Element]['answer'] };
const thriveWith = (answers: Answers = {}): ThriveAnswers => ({
  threat: { answer: answers.threat ?? 'none', note: null },
  harm: { answer: answers.harm ?? 'none', note: null },
  risk: { answer: answers.risk ?? 'low', note: null },
  investigation: { answer: answers.investigation ?? 'none', note: null },
  vulnerability: { answer: answers.vulnerability ?? 'none', note: null },
  engagement: { answer: answers.engagement ?? 'none', note: null },
});
export const harm = (answers: Answers = {}, more: Omit<Step, 'event'> = {}): Step =>
  step('harm.assessed', { thrive: thriveWith(answers), ndm: noNdmNotes, rationale: why }, more);

export const disposed = (
  outcome: Outcome,
  more: Omit<Step, 'event'> = {},
  options = [{ option: 'Record for intelligence', why: 'Nothing to keep.' }],
): Step => step('disposition.recorded', { outcome, options, rationale: why }, more);
