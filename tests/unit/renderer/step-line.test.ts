import { describe, expect, it } from 'vitest';
import { decisionsOf } from '#renderer/features/assessment/record/decisions.ts';
import { lineOfStep } from '#renderer/features/assessment/step-line.ts';
import { type StepId, stepIds } from '#renderer/state/step-store.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import {
  bo,
  entry,
  fold,
  grade,
  item,
  met,
  notMet,
  person,
  risk,
  sent,
  step,
  why,
} from '#tests/unit/shared/assessment-fixtures.ts';

function lineOf(id: StepId, state: CaseState): readonly [string, string | null] | null {
  const log = selectPolicyLog(state);
  const line = lineOfStep(id, state, log, decisionsOf(log));
  return line && [line.words, line.by.by];
}

describe('the line of a step that is folded', () => {
  it('is none while nothing is recorded in it', () => {
    for (const id of stepIds) expect(lineOf(id, fold())).toBeNull();
  });

  it('says what stands, and not what was superseded, by who recorded the latest of it', () => {
    const state = fold(risk(), risk({ atRiskNow: 'yes', people: [person('high')] }, { actor: bo }));
    expect(lineOf('risk', state)).toEqual(['Someone is at risk now. Partner: high (Threats). Reduce.', 'bo']);
  });

  it('says all that stands in a step of several parts, with times as the clocks of London show them', () => {
    const state = fold(notMet(), met(), sent({ what: 'Form' }, { actor: bo }));
    expect(lineOf('mandatory', state)).toEqual([
      'Must be referred to the IOPC: Serious corruption. Clear at Thu 19 Nov 2026, 09:00. Mandatory referral sent at Fri 20 Nov 2026, 09:00: Form',
      'bo',
    ]);
  });

  it('quotes the items that stand, and counts no grade of one that was withdrawn', () => {
    const first = [item('The officer checks vehicles'), item('My sister told me'), grade(2), grade(3)];
    const state = fold(...first, step('item.withdrawn', { item: entry(2), why }));
    expect(lineOf('items', state)).toEqual(['1 item: “My sister told me”', 'ash']);
    expect(lineOf('grading', state)).toEqual(['Item 2 graded 2-D-C.', 'ash']);
  });
});
