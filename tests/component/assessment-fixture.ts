import { screen, waitFor, within } from '@testing-library/react';
import type { AssessmentCommand } from '#shared/domain/assessment/assessment-commands.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import type { AssessmentState } from '#shared/domain/assessment/assessment-state.ts';
import { defaultGrade } from '#shared/domain/assessment/grading.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-vault.ts';
import { type Opened, openCaseOf } from './harness.tsx';

export const newest = 'PA-000060';
export const why = 'The report says so, and nothing speaks against it.';

export const assessmentIn = (unit: MemoryUnit, reference = newest): AssessmentState => {
  const state = unit.states.get(unit.idOf(reference));
  if (!state) throw new Error(`no case ${reference}`);
  return assessmentOf(state);
};

/** A case that the member has, so that it can be assessed. */
export async function openTaken(unit?: MemoryUnit): Promise<Opened> {
  const opened = await openCaseOf(newest, 'Asha Venn', unit ? { unit } : {});
  await opened.user.keyboard('t');
  await screen.findByText(/^You have PA-/);
  return opened;
}

export const form = (name: string | RegExp): HTMLElement => screen.getByRole('form', { name });
export const inForm = (name: string | RegExp) => within(form(name));

/** Goes to a step by its key, and waits until its form has the focus. */
export async function toStep({ user }: Opened, number: number): Promise<void> {
  await user.keyboard(`{Alt>}${number}{/Alt}`);
  await waitFor(() => screen.getByRole('button', { name: new RegExp(`^Step ${number},`), current: 'step' }));
}

/** Pasted: typing is slow in jsdom, and tested with the drafts. */
export async function write({ user }: Opened, field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  await user.paste(text);
}

export const record = ({ user }: Opened) => user.keyboard('{Control>}{Enter}{/Control}');

export const commands = {
  risk: (id: StreamId, atRiskNow: 'yes' | 'no' | 'unknown' = 'no'): AssessmentCommand => ({
    type: 'assessRisk',
    case: id,
    data: {
      atRiskNow,
      people:
        atRiskNow === 'yes'
          ? [
              {
                who: 'A woman',
                risk: 'He has her address',
                level: 'high',
                action: 'reduce',
                note: 'Safe contact today',
              },
            ]
          : [],
      rationale: why,
    },
  }),
  mandatory: (id: StreamId, becameClearAt: string): AssessmentCommand => ({
    type: 'assessMandatoryReferral',
    case: id,
    data: { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale: why },
  }),
  item: (id: StreamId, unit: MemoryUnit, start: number, end: number): AssessmentCommand => ({
    type: 'recordItem',
    case: id,
    data: {
      start,
      end,
      text: unit.states.get(id)?.referral.report.narrative.slice(start, end) ?? '',
      provenance: null,
    },
  }),
  grade: (id: StreamId, item: EntryId): AssessmentCommand => ({
    type: 'gradeItem',
    case: id,
    data: { item, ...defaultGrade },
  }),
};
