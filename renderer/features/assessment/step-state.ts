import type { StepId } from '#renderer/state/step-store.ts';
import type { Tone } from '#renderer/ui/palette.ts';
import { span } from '#renderer/ui/time.ts';
import { clockTones } from '#renderer/words/tones.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import { isConflict } from '#shared/domain/event/history.ts';
import { stands } from '#shared/domain/event/revocable.ts';
import { iopcClock, isIopcOwed } from '#shared/domain/iopc/iopc-clock.ts';
import type { Item } from '#shared/domain/items/item-recorded.ts';

export const stepNames: Readonly<Record<StepId, { readonly short: string; readonly title: string }>> = {
  risk: { short: 'At risk', title: 'Is anyone at risk now' },
  mandatory: { short: 'IOPC', title: 'Mandatory referral' },
  items: { short: 'Items', title: 'What is said, item by item' },
  grading: { short: 'Grading', title: 'Grading' },
  categories: { short: 'Categories', title: 'Categories and standards' },
  harm: { short: 'Harm', title: 'Threat, harm, risk and sanitising' },
  disposition: { short: 'Disposition', title: 'Disposition' },
};

const stepStates = {
  none: { label: 'Not started', tone: 'plain' },
  begun: { label: 'Draft', tone: 'plain' },
  inPart: { label: 'In part', tone: 'plain' },
  recorded: { label: 'Recorded', tone: 'green' },
  /** A referral to the IOPC: with its clock. */
  owed: { label: 'Owed', tone: 'amber' },
  conflict: { label: 'Conflict', tone: 'amber' },
} as const satisfies Record<string, { label: string; tone: Tone }>;
type StepState = keyof typeof stepStates;

const conflicts: Readonly<Record<StepId, (assessment: CaseState) => boolean>> = {
  risk: ({ risk }) => isConflict(risk),
  mandatory: ({ mandatory, oversight, matter, severity, suspension, notification }) =>
    [mandatory, oversight, matter, severity, suspension, notification].some(isConflict),
  items: () => false,
  grading: ({ items }) => items.some(({ grades }) => isConflict(grades)),
  categories: ({ categories, standards }) => isConflict(categories) || isConflict(standards),
  harm: ({ harm, overrides }) => isConflict(harm) || isConflict(overrides),
  disposition: ({ dispositions }) => {
    const { exclusive, safeguarding } = selectInForce(dispositions);
    return exclusive.length > 1 || safeguarding.length > 1;
  },
};

const isGraded = ({ grades }: Item): boolean => grades.length > 0;

const recorded: Readonly<Record<StepId, (assessment: CaseState) => boolean>> = {
  risk: ({ risk }) => risk.length > 0,
  mandatory: ({ mandatory, oversight }) => mandatory.length + oversight.length > 0,
  items: ({ items }) => items.some(stands),
  grading: ({ items }) => items.some(stands) && items.filter(stands).every(isGraded),
  categories: ({ categories }) => categories.length > 0,
  harm: ({ harm }) => harm.length > 0,
  disposition: ({ dispositions }) => dispositions.length > 0,
};

/** Where a step stands: a conflict is said before what is owed, that before a draft, a draft before what is recorded. */
function stateOfStep(step: StepId, assessment: CaseState, drafts: readonly string[]): StepState {
  if (conflicts[step](assessment)) return 'conflict';
  if (step === 'mandatory' && isIopcOwed(assessment)) return 'owed';
  if (drafts.some((key) => key === step || key.startsWith(`${step}.`))) return 'begun';
  if (recorded[step](assessment)) return 'recorded';
  return step === 'grading' && assessment.items.filter(stands).some(isGraded) ? 'inPart' : 'none';
}

/** Where a step stands, in a word. */
export interface StepStand {
  readonly state: StepState;
  readonly label: string;
  readonly tone: Tone;
}

/** "Owed, 28 h": what the law's clock leaves, or by how much it is over. */
function sayOwed(assessment: CaseState, now: number): Omit<StepStand, 'state'> {
  const clock = iopcClock(assessment, now);
  if (!clock) return stepStates.owed;
  const { remaining, tone } = clock;
  return { label: `Owed, ${span(remaining)}${remaining < 0 ? ' over' : ''}`, tone: clockTones[tone] };
}

export function standOfStep(step: StepId, assessment: CaseState, drafts: readonly string[], now: number): StepStand {
  const state = stateOfStep(step, assessment, drafts);
  return { state, ...(state === 'owed' ? sayOwed(assessment, now) : stepStates[state]) };
}
