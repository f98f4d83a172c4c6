import { describe, expect, test } from 'vitest';
import { sayDecision } from '#renderer/words/policy-log.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { type CaseCommand, decide } from '#shared/domain/case/decide.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { selectConflicts } from '#shared/domain/case/summarise-assessment.ts';
import { selectCurrent, selectLatest } from '#shared/domain/event/history.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  ash,
  asProvisional,
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
  person,
  record,
  risk,
  type Step,
  sent,
  step,
  unit,
  why,
} from './assessment-fixtures.ts';

const override = step('priority.overridden', { priority: 'high', why });

describe('a re-assessment supersedes, and never edits', () => {
  test('all stays, with who, when, by which entry and why; the latest with sight of the others stands', () => {
    const { risk: history } = fold(
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
    expect(selectCurrent(fold(...blind).risk)).toHaveLength(2);
    expect(selectConflicts(fold(...blind))).toEqual(['risk']);
    expect(summarise(fold(...blind)).assessed?.conflict).toBe(true);
    expect(selectConflicts(fold(...blind, risk()))).toEqual([]);
    expect(fold(...blind, risk()).risk).toHaveLength(3);
  });

  test('the devices of one member are two: neither knew what the other recorded, and nothing is lost', () => {
    const high = risk({ atRiskNow: 'yes', people: [person('high')] }, { device: 'at the desk', seen: 1 });
    const low = risk({ atRiskNow: 'no', whyLower: why }, { device: 'on the road', seen: 1 });
    const state = fold(high, low);
    expect(selectCurrent(state.risk).map(({ atRiskNow }) => atRiskNow)).toEqual(['yes', 'no']);
    expect(selectConflicts(state)).toEqual(['risk']);
    const again = { ...low, device: 'at the desk' };
    expect(selectCurrent(fold(high, again).risk).map(({ atRiskNow }) => atRiskNow)).toEqual(['no']);
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
    step('severity.assessed', { level: 'gross', proceedings: 'hearing', ...asProvisional, authority: 'DCI Lowe', why }),
    disposed({ kind: 'investigate' }),
    disposed({ kind: 'record', reviewOn: '2027-11-20' }),
  ];
  test('every decision, the first ones too, in the order of the log', () => {
    const log = selectPolicyLog(fold(...steps));
    expect(log.map(({ kind, decided: { entry: id }, superseded }) => [kind, id, superseded])).toEqual([
      ['risk.assessed', entry(2), false],
      ['harm.assessed', entry(3), false],
      ['mandatoryReferral.assessed', entry(4), false],
      ['iopc.referred', entry(5), false],
      ['item.graded', entry(7), true],
      ['item.graded', entry(8), false],
      ['priority.overridden', entry(9), false],
      ['severity.assessed', entry(10), false],
      ['disposition.recorded', entry(11), true],
      ['disposition.recorded', entry(12), false],
    ]);
    expect(log.at(-2)?.decided).toMatchObject({ rationale: why, by: 'ash', at });
    const words = log.map((line) => sayDecision(line));
    expect(words.at(-2)).toMatchObject({
      decision: 'Investigate.',
      options: [{ option: 'Record for intelligence', why: 'Nothing to keep.' }],
      rationale: why,
    });
    expect(words.at(-1)?.decision).toBe('Record for intelligence, review on 20/11/2027.');
    expect(words.at(-3)?.decision).toBe(
      'Provisional: If proved: Gross misconduct, Misconduct hearing. Said to be decided by DCI Lowe.',
    );
  });

  test('it only grows', () => {
    for (let count = 1; count < steps.length; count += 1) {
      const shorter = selectPolicyLog(fold(...steps.slice(0, count))).map(({ decided }) => decided.entry);
      const longer = selectPolicyLog(fold(...steps.slice(0, count + 1))).map(({ decided }) => decided.entry);
      expect(longer.slice(0, shorter.length)).toEqual(shorter);
    }
  });
});

describe('at the desk', () => {
  const vault = (...steps: Step[]): CaseState => ({ ...fold(...steps), holder: ash.id });
  const asking = { actor: ash, unit, record, at };
  const decideAs = (command: CaseCommand, state: CaseState | null = vault()) => decide(state, command, asking);
  const assessRisk: CaseCommand = {
    type: 'risk.assessed',
    case: caseId,
    data: { atRiskNow: 'no', people: [], rationale: `  ${why} ` },
  };

  test('what can be asked is what the registry knows of cases', () => {
    const codeOf = (type: string) => {
      const decided = decide(vault(), { type: type as CaseCommand['type'], data: {} }, asking);
      return decided.ok ? null : decided.error.code;
    };
    for (const { type, stream } of eventList) {
      if (stream === 'case') expect(codeOf(type)).not.toBe('event-unknown');
      else expect(codeOf(type)).toBe('event-unknown');
    }
    expect(codeOf('case.closed')).toBe('event-unknown');
  });

  test('the case must be taken; text is trimmed; reasons must suffice', () => {
    expect(decideAs(assessRisk, fold())).toEqual({ ok: false, error: refuse('take-first') });
    expect(decideAs(assessRisk)).toEqual({
      ok: true,
      value: { type: 'risk.assessed', at, data: { atRiskNow: 'no', people: [], rationale: why } },
    });
    const short = { ...assessRisk, data: { atRiskNow: 'no' as const, people: [], rationale: 'short' } };
    expect(decideAs(short)).toEqual({ ok: false, error: refuseField('rationale', 'too-short', { minimum: 10 }) });
    expect(decideAs(assessRisk, null)).toEqual({ ok: false, error: refuse('no-referral') });
  });

  test('what is recorded for intelligence has at least one item', () => {
    const command: CaseCommand = {
      type: 'disposition.recorded',
      case: caseId,
      data: { chosen: { kind: 'record', reviewOn: '2027-11-20' }, options: [], rationale: why },
    };
    expect(decideAs(command, vault(risk(), notMet()))).toEqual({ ok: false, error: refuse('item-first') });
    expect(decideAs(command, vault(risk(), notMet(), item('checks vehicles'))).ok).toBe(true);
  });
});
