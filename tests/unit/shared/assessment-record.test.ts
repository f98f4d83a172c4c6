import { describe, expect, test } from 'vitest';
import { assessmentCommands } from '#shared/domain/assessment/assessment-commands.ts';
import { assessmentEvents } from '#shared/domain/assessment/assessment-events.ts';
import { selectConflicts } from '#shared/domain/assessment/conflicts.ts';
import { isMatchOpen, selectLinks } from '#shared/domain/assessment/links.ts';
import { selectPolicyLog } from '#shared/domain/assessment/policy-log.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { type CaseCommand, decideCase } from '#shared/domain/case/decide-case.ts';
import { selectCurrent, selectLatest } from '#shared/domain/case/history.ts';
import {
  ash,
  assess,
  at,
  bo,
  caseId,
  disposed,
  entry,
  fold,
  grade,
  harm,
  item,
  met,
  notMet,
  otherCase,
  refused,
  risk,
  type Step,
  sent,
  step,
  why,
} from './assessment-fixtures.ts';

const override = step('priority.overridden', { priority: 'high', why });
const linked = (kind: 'repeat' | 'duplicate' = 'repeat') =>
  step('referral.linked', { case: otherCase, reference: 'PA-000002', kind, why: 'Same collar number' });
const rejected = step('match.rejected', { case: otherCase, reference: 'PA-000002', why: 'Another officer' });

describe('a re-assessment supersedes, and never edits', () => {
  test('all stays, with who, when, by which entry and why; the latest with sight of the others stands', () => {
    const { risk: history } = assess(
      risk({ atRiskNow: 'unknown' }),
      risk({ rationale: 'She was reached, and is safe.' }, { actor: bo }),
    );
    expect(history).toHaveLength(2);
    expect(selectLatest(history)).toMatchObject({
      entry: entry(3),
      by: 'bo',
      at,
      rationale: 'She was reached, and is safe.',
    });
  });

  test('two from the same base are both kept and shown; a person settles it by recording the step again', () => {
    const blind = [risk(), risk({ atRiskNow: 'unknown' }, { actor: bo, seen: 1 })];
    expect(selectCurrent(assess(...blind).risk)).toHaveLength(2);
    expect(selectConflicts(assess(...blind))).toEqual(['Who is at risk now']);
    expect(summarise(fold(...blind)).assessed?.conflict).toBe(true);
    expect(selectConflicts(assess(...blind, risk()))).toEqual([]);
    expect(assess(...blind, risk()).risk).toHaveLength(3);
  });

  test('a refused entry stays in the activity, and changes nothing', () => {
    const state = fold(risk(), sent());
    expect(state.activity).toHaveLength(3);
    expect({ ...state, activity: [] }).toEqual({ ...fold(risk()), activity: [] });
  });
});

describe('policy log: decisions with options and reasons, in order, nothing taken out (domain facts, section 6)', () => {
  const steps = [
    risk(),
    harm(),
    met(),
    sent(),
    item('checks vehicles'),
    grade(6),
    grade(6, { assessment: 'C', why: 'Heard from others.' }),
    override,
    step('severity.assessed', { level: 'gross', proceedings: 'hearing', authority: 'DCI Lowe', why }),
    disposed({ kind: 'investigate' }),
    disposed({ kind: 'record', reviewOn: '2027-11-20' }),
  ];
  test('every disposition, override, regrade and IOPC decision', () => {
    const log = selectPolicyLog(fold(...steps));
    expect(log.map(({ about, entry: id, superseded }) => [about, id, superseded])).toEqual([
      ['iopc', entry(4), false],
      ['iopc', entry(5), false],
      ['grading', entry(8), false],
      ['priority', entry(9), false],
      ['severity', entry(10), false],
      ['disposition', entry(11), true],
      ['disposition', entry(12), false],
    ]);
    expect(log.at(-2)).toMatchObject({ decision: 'Investigate.', rationale: why, by: 'ash', at });
    expect(log.at(-1)?.decision).toBe('Record for intelligence, review on 20/11/2027.');
    expect(log.at(-2)?.options).toEqual([{ option: 'Record for intelligence', why: 'Nothing to keep.' }]);
    expect(log.find(({ about }) => about === 'severity')?.decision).toBe(
      'If proved: Gross misconduct, Misconduct hearing. Decided by DCI Lowe.',
    );
  });

  test('it only grows', () => {
    for (let count = 1; count < steps.length; count += 1) {
      const shorter = selectPolicyLog(fold(...steps.slice(0, count))).map((line) => line.entry);
      const longer = selectPolicyLog(fold(...steps.slice(0, count + 1))).map((line) => line.entry);
      expect(longer.slice(0, shorter.length)).toEqual(shorter);
    }
  });
});

describe('repeat and duplicate referrals: each step reversible, with dates and authors kept', () => {
  test.each([
    [
      'linked to itself',
      [step('referral.linked', { case: caseId, reference: 'PA-000001', kind: 'repeat', why: 'Same' })],
      'A referral cannot be linked to itself.',
    ],
    ['linked twice', [linked(), linked('duplicate')], 'These referrals are linked already.'],
    ['linked by two who did not know', [linked(), { ...linked(), actor: bo, seen: 1 }], null],
    ['unlinked', [linked(), step('referral.unlinked', { link: entry(2), why })], null],
    [
      'unlinked twice',
      [
        linked(),
        step('referral.unlinked', { link: entry(2), why }),
        step('referral.unlinked', { link: entry(2), why }),
      ],
      'There is no such link, or it was taken back.',
    ],
    ['linked again', [linked(), step('referral.unlinked', { link: entry(2), why }), linked('duplicate')], null],
    ['rejected twice', [rejected, rejected], 'This match is rejected already.'],
    ['restored', [rejected, step('match.restored', { rejection: entry(2), why: 'Same after all' })], null],
    [
      'restored, though never rejected',
      [step('match.restored', { rejection: entry(9), why: 'Same' })],
      'There is no such rejection, or it was taken back.',
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toBe(expected));

  test('a match is open until it is judged, and again once that is taken back', () => {
    expect(isMatchOpen(assess(), otherCase)).toBe(true);
    expect(isMatchOpen(assess(linked()), otherCase)).toBe(false);
    expect(isMatchOpen(assess(rejected), otherCase)).toBe(false);
    const back = assess(linked(), step('referral.unlinked', { link: entry(2), why }));
    expect([isMatchOpen(back, otherCase), selectLinks(back).length, back.links.length]).toEqual([true, 0, 1]);
  });
});

describe('at the desk', () => {
  const held = (...steps: Step[]): CaseState => ({ ...fold(...steps), holder: ash.id });
  const decide = (command: CaseCommand, state = held()) => decideCase(state, command, ash, at);
  const assessRisk: CaseCommand = {
    type: 'assessRisk',
    case: caseId,
    data: { atRiskNow: 'no', people: [], rationale: `  ${why} ` },
  };

  test('each event has one command', () => {
    expect(Object.values(assessmentCommands).sort()).toEqual(Object.keys(assessmentEvents).sort());
  });

  test('the case must be taken; text is trimmed; reasons must suffice', () => {
    expect(decide(assessRisk, fold())).toEqual({ ok: false, error: 'Take the case before you assess it.' });
    expect(decide(assessRisk)).toEqual({
      ok: true,
      value: { type: 'risk.assessed', at, data: { atRiskNow: 'no', people: [], rationale: why } },
    });
    const short = { ...assessRisk, data: { atRiskNow: 'no' as const, people: [], rationale: 'short' } };
    expect(decide(short)).toEqual({ ok: false, error: 'Give your reasons in at least 10 characters.' });
    expect(decideCase(null, assessRisk, ash, at)).toEqual({ ok: false, error: 'There is no referral in this case.' });
  });

  test('what is recorded for intelligence has at least one item', () => {
    const command: CaseCommand = {
      type: 'recordDisposition',
      case: caseId,
      data: { outcome: { kind: 'record', reviewOn: '2027-11-20' }, options: [], rationale: why },
    };
    expect(decide(command, held(risk(), notMet())).ok).toBe(false);
    expect(decide(command, held(risk(), notMet(), item('checks vehicles'))).ok).toBe(true);
  });
});
