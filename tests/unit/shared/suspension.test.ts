import { describe, expect, test } from 'vitest';
import { sayDecision } from '#renderer/words/policy-log.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { proceedings, severityLevels } from '#shared/domain/misconduct/severity.ts';
import { lastReviewOn, regimeOf, suspensionRegimes } from '#shared/domain/misconduct/suspension.ts';
import { endOfWorkingDays, selectSuspensionClock } from '#shared/domain/misconduct/suspension-clock.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { type SubjectKind, subjectKindIds, subjectKinds } from '#shared/domain/report/report.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { type Expected, fold, refused, type Step, step, why } from './assessment-fixtures.ts';

type Put = DataOf<'suspension.put'>;
type Decision = NonNullable<Put['decision']>;
/** At 10:00 on Friday 20 November 2026, as every step of these tests. */
const put = (said: Partial<Put> = {}): Step =>
  step('suspension.put', {
    ...{ subject: 'officer', behaviourOn: '2026-11-01', allegedOn: '2026-11-18', listedAt: null },
    ...{ putAt: '2026-11-20T09:00:00.000Z', putTo: 'DCC Marsh', why, decision: null },
    ...said,
  });
const decided = (said: Partial<Decision> = {}): Partial<Put> => ({
  decision: {
    ...{ outcome: 'suspended', decidedAt: '2026-11-20T09:30:00.000Z', decidedBy: 'DCC Marsh', why },
    ...{ reviewOn: '2027-02-12', ...said },
  },
});

describe('two regimes, by when behaviour and allegation arose (as read in a law firm’s summary)', () => {
  const of = (behaviourOn: string | null, allegedOn: string | null, subject: SubjectKind = 'officer') =>
    regimeOf({ subject, behaviourOn, allegedOn });
  test.each([
    ['both before', '2026-07-11', '2026-07-12', 'power'],
    ['the behaviour before, the allegation on the day', '2026-07-12', '2026-07-13', 'power'],
    ['both on the day', '2026-07-13', '2026-07-13', 'duty'],
    ['both after', '2026-08-01', '2026-09-01', 'duty'],
    ['not known when', null, '2026-09-01', null],
  ])('%s', (_, behaviourOn, allegedOn, expected) => expect(of(behaviourOn, allegedOn)).toBe(expected));

  test('officers, specials among them, and former officers have its clock, and nobody else', () => {
    const clocked = subjectKindIds.filter((kind) => of('2026-08-01', '2026-08-02', kind) !== null);
    expect(clocked).toEqual(['officer', 'formerOfficer']);
    expect(subjectKinds.officer.means).toBe('Police officer or special constable');
  });

  test('reviewed every four weeks before, and within 12 weeks from then on', () => {
    expect(lastReviewOn('power', '2026-07-01')).toBe('2026-07-29');
    expect(lastReviewOn('duty', '2026-11-20')).toBe('2027-02-12');
    expect(lastReviewOn(null, '2026-11-20')).toBeNull();
  });

  test('neither is called anything but read in a summary', () => {
    expect(Object.values(suspensionRegimes).map(({ standing }) => standing)).toEqual(['summary', 'summary']);
  });
});

describe('three working days', () => {
  test.each([
    ['from a Monday', '2026-11-16T09:00:00Z', '2026-11-19T23:59:59.999Z'],
    ['from a Wednesday, over a weekend', '2026-11-18T09:00:00Z', '2026-11-23T23:59:59.999Z'],
    ['from a Saturday', '2026-11-21T09:00:00Z', '2026-11-25T23:59:59.999Z'],
    ['in summer, after midnight in London', '2026-07-19T23:30:00Z', '2026-07-23T22:59:59.999Z'],
    [
      'over Christmas, which is not left out: earlier than the law, never later',
      '2026-12-23T09:00:00Z',
      '2026-12-28T23:59:59.999Z',
    ],
  ])('%s', (_, from, expected) => expect(new Date(endOfWorkingDays(Date.parse(from), 3)).toISOString()).toBe(expected));

  test('run in a listed case from when it became one, until the authority has decided', () => {
    const listed = { listedAt: '2026-11-18T09:00:00.000Z' };
    expect(selectSuspensionClock(fold())).toBeNull();
    expect(selectSuspensionClock(fold(put()))).toEqual({ decisionDueAt: null, reviewOn: null });
    expect(selectSuspensionClock(fold(put(listed)))).toEqual({
      decisionDueAt: '2026-11-23T23:59:59.999Z',
      reviewOn: null,
    });
    expect(selectSuspensionClock(fold(put(listed), put({ ...listed, ...decided() })))).toEqual({
      decisionDueAt: null,
      reviewOn: '2027-02-12',
    });
  });
});

describe('what the rule refuses', () => {
  const old = { behaviourOn: '2026-07-01', allegedOn: '2026-07-20' };
  test.each<[string, Partial<Put>, Expected]>([
    ['put, and not decided', {}, null],
    ['put and decided', decided(), null],
    ['an officer’s, without when it arose', { behaviourOn: null }, refuseField('behaviourOn', 'say-when-arose')],
    ['staff’s, without when it arose', { subject: 'staff', behaviourOn: null, allegedOn: null }, null],
    ['behaviour of tomorrow', { behaviourOn: '2026-11-21' }, refuseField('behaviourOn', 'arose-in-future')],
    ['an allegation before it', { allegedOn: '2026-10-31' }, refuseField('allegedOn', 'alleged-before-behaviour')],
    [
      'a listed case of an older matter',
      { ...old, listedAt: '2026-11-18T09:00:00.000Z' },
      refuseField('listedAt', 'not-listed'),
    ],
    ['put tomorrow', { putAt: '2026-11-21T09:00:00.000Z' }, refuseField('putAt', 'put-in-future')],
    [
      'decided before it was put',
      decided({ decidedAt: '2026-11-20T08:59:59.000Z' }),
      refuseField('decision.decidedAt', 'decided-before-put'),
    ],
    [
      'decided later than now',
      decided({ decidedAt: '2026-11-20T10:00:01.000Z' }),
      refuseField('decision.decidedAt', 'decided-in-future'),
    ],
    [
      'a suspension without its review',
      decided({ reviewOn: null }),
      refuseField('decision.reviewOn', 'say-when-suspension-reviewed', { on: '2027-02-12' }),
    ],
    [
      'a review after 12 weeks',
      decided({ reviewOn: '2027-02-13' }),
      refuseField('decision.reviewOn', 'review-too-late', { on: '2027-02-12' }),
    ],
    [
      'of an older matter, a review after four weeks',
      { ...old, ...decided({ reviewOn: '2026-12-19' }) },
      refuseField('decision.reviewOn', 'review-too-late', { on: '2026-12-18' }),
    ],
    ['of an older matter, after four weeks to the day', { ...old, ...decided({ reviewOn: '2026-12-18' }) }, null],
    [
      'a review before the decision',
      decided({ reviewOn: '2026-11-19' }),
      refuseField('decision.reviewOn', 'review-before-decision'),
    ],
    ['redeployed', decided({ outcome: 'redeployed', reviewOn: null }), null],
    [
      'a review of no suspension',
      decided({ outcome: 'neither' }),
      refuseField('decision.reviewOn', 'review-of-no-suspension'),
    ],
    ['staff suspended, reviewed whenever', { subject: 'staff', ...decided({ reviewOn: '2027-12-31' }) }, null],
  ])('%s', (_, said, expected) => expect(refused(put(said))).toEqual(expected));
});

test('the policy log says who decided, under which regime, and why', () => {
  const [asked, answered] = selectPolicyLog(fold(put(), put(decided()))).map((line) => sayDecision(line));
  expect(asked?.decision).toBe(
    'Suspension put to DCC Marsh at 2026-11-20T09:00:00.000Z, under a duty to suspend in listed cases.',
  );
  expect(answered).toEqual({
    decision: `${asked?.decision} Decided by DCC Marsh at 2026-11-20T09:30:00.000Z: suspended. Review on 12/02/2027.`,
    rationale: `${why} The authority: ${why}`,
  });
});

test('proceedings under the Vetting Regulations, and an indictable-only conviction, cite SI 2025/558', () => {
  expect([proceedings.vetting, severityLevels.convicted].every(({ source }) => source.includes('SI 2025/558'))).toBe(
    true,
  );
});
