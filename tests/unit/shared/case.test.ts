import { describe, expect, test } from 'vitest';
import { saySubjects } from '#renderer/words/subjects.ts';
import { applyToCase } from '#shared/domain/case/apply-to-case.ts';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { selectInForce } from '#shared/domain/disposition/dispositions-in-force.ts';
import { defaultPolicy } from '#shared/domain/policy/policy.ts';
import { decisionHoursOf, selectDueAt, selectPriority } from '#shared/domain/priority/priorities.ts';
import type { Subject } from '#shared/domain/report/report.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { reportWith } from '#tests/support/referrals.ts';
import {
  ash,
  at,
  bo,
  caseId,
  delivered,
  disposed,
  type Expected,
  entry,
  foldAll,
  item,
  member,
  narrative,
  notMet,
  risk,
  type Step,
  sal,
  signing,
  step,
  unit,
  record as unitRecord,
  why,
} from './assessment-fixtures.ts';

const received = delivered({ narrative });
const taken = (more: Partial<Step> = {}) => step('case.taken', {}, more);
const released = (more: Partial<Step> = {}) => step('case.released', {}, more);
const rae = member('rae', 'reviewer');
/** The questions that come before any disposition: at positions 2 and 3. */
const asked = [received, risk(), notMet()];
const record = { kind: 'record', reviewOn: '2027-11-20' } as const;
const complaints = { kind: 'complaints', department: 'Complaints' } as const;

describe('who may do what to a case', () => {
  test.each<[string, Step[], Expected]>([
    ['a member cannot deliver a referral', [received, { ...received, actor: ash }], refuse('only-by-endpoint')],
    ['a referral is delivered once', [received, received], refuse('referral-received-already')],
    ['the endpoint cannot work on cases', [received, taken({ actor: null })], refuse('not-by-endpoint')],
    [
      'a reviewer cannot take a case',
      [received, taken({ actor: rae })],
      refuse('not-allowed', { action: 'takeCase', roles: ['analyst', 'supervisor'] }),
    ],
    ['a case has one holder', [received, taken(), taken({ actor: sal })], refuse('case-taken-already')],
    ['what nobody has cannot be released', [received, released()], refuse('case-not-taken')],
    [
      'an analyst cannot release another’s case',
      [received, taken(), released({ actor: bo })],
      refuse('release-others', { roles: ['supervisor'] }),
    ],
    [
      'a reviewer cannot decide',
      [...asked, disposed(record, { actor: rae })],
      refuse('not-allowed', { action: 'assess', roles: ['analyst', 'supervisor'] }),
    ],
  ])('%s', (_, steps, refused) => {
    const state = foldAll(steps);
    expect(state.activity.at(-1)?.refused).toEqual(refused);
    const before = foldAll(steps.slice(0, -1));
    expect({ ...state, activity: [] }).toEqual({ ...before, activity: [] });
  });

  test('nothing happens to a case before its referral', () => {
    expect(applyToCase(null, caseId, taken().event, signing(taken(), 1))).toBeNull();
  });

  test('a supervisor may release what another has', () => {
    expect(foldAll([received, taken(), released({ actor: sal })]).holder).toBeNull();
  });

  test('a decision needs the case at the desk, and reasons', () => {
    const command = {
      type: 'disposition.recorded' as const,
      data: { chosen: record, options: [], rationale: why },
    };
    const asking = { actor: ash, unit, record: unitRecord, at };
    const items = item('checks vehicles');
    expect(decide(foldAll([...asked, items]), command, asking)).toEqual({ ok: false, error: refuse('take-first') });
    const vault = foldAll([...asked, items, taken()]);
    expect(decide(vault, { ...command, data: { ...command.data, rationale: '  short ' } }, asking)).toEqual({
      ok: false,
      error: refuseField('rationale', 'too-short', { minimum: 10 }),
    });
    expect(decide(vault, command, asking)).toEqual({ ok: true, value: { type: command.type, at, data: command.data } });
    expect(decide(null, command, asking)).toEqual({ ok: false, error: refuse('no-referral') });
  });
});

describe('decisions are superseded, never edited', () => {
  const inForce = (...steps: Step[]) =>
    selectInForce(foldAll([...asked, ...steps]).dispositions).exclusive.map((each) => each.entry);

  test('a later decision that saw the earlier stands alone, and both are kept', () => {
    const steps = [disposed(record), disposed({ kind: 'investigate' }, { actor: bo })];
    const state = foldAll([...asked, ...steps]);
    expect(inForce(...steps)).toEqual([entry(5)]);
    expect(state.dispositions.map(({ chosen }) => chosen.kind)).toEqual(['record', 'investigate']);
    expect(selectStatus(state)).toBe('awaitingApproval');
  });

  test('two that did not know of each other conflict, until one is made with sight of both', () => {
    const blind = [disposed(record, { seen: 3 }), disposed({ kind: 'investigate' }, { actor: bo, seen: 3 })];
    expect(selectStatus(foldAll([...asked, ...blind]))).toBe('conflict');
    expect(inForce(...blind)).toEqual([entry(4), entry(5)]);
    const settled = [...blind, disposed(complaints, { actor: sal })];
    expect(inForce(...settled)).toEqual([entry(6)]);
    expect(foldAll([...asked, ...settled]).dispositions).toHaveLength(3);
  });

  test('an author’s own decisions never conflict with each other', () => {
    expect(inForce(disposed(record, { seen: 3 }), disposed(complaints, { seen: 3 }))).toEqual([entry(5)]);
  });
});

describe('how soon it must be read (local policy)', () => {
  const atRisk = (urgency: 'immediate' | 'high' | 'concern') => ({
    peopleAtRisk: [{ who: 'Partner', risk: 'Threats', urgency }],
  });
  test.each([
    ['immediate', atRisk('immediate'), 1],
    ['high', atRisk('high'), 4],
    ['raised', atRisk('concern'), 24],
    ['raised', { categories: ['partnerAbuse' as const] }, 24],
    ['raised', { categories: ['information' as const, 'sexualPurpose' as const] }, 24],
    ['standard', {}, 72],
  ] as const)('%s', (priority, changes, hours) => {
    const report = reportWith(changes as Partial<ReturnType<typeof reportWith>>);
    expect(selectPriority(report)).toBe(priority);
    const due = Date.parse(selectDueAt(priority, '2026-10-24T23:00:00.000Z', decisionHoursOf(defaultPolicy)));
    expect(due - Date.parse('2026-10-24T23:00:00.000Z')).toBe(hours * 3_600_000);
  });

  test('the clock stops with a decision', () => {
    expect(summarise(foldAll(asked)).dueAt).not.toBeNull();
    expect(summarise(foldAll([...asked, disposed(record)])).dueAt).toBeNull();
  });

  test('an unnamed subject is shown by role', () => {
    const subject: Subject = {
      kind: 'officer',
      name: null,
      rankOrRole: 'PC',
      collarNumber: null,
      station: null,
      description: null,
    };
    const line = (change: Partial<typeof subject>, others: number) => {
      const subjects = Array.from({ length: others + 1 }, () => ({ ...subject, ...change }));
      return saySubjects(summarise(foldAll([delivered({ subjects })])).subject);
    };
    expect(line({}, 1)).toBe('PC, unnamed and 1 more');
    expect(line({ rankOrRole: null }, 0)).toBe('Officer, unnamed');
    expect(line({ name: 'Ellis Marlow' }, 0)).toBe('PC Ellis Marlow');
  });
});
