import { describe, expect, test } from 'vitest';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { recordedBeforeJoin } from '#shared/domain/case/recorded-before-join.ts';
import { handReferenceOf } from '#shared/domain/referral/case-opened.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { intakeSchema } from '#shared/domain/report/intake.ts';
import { isAnonymous, referenceSchema, reportSchema } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { intakeWith } from '#tests/support/intake.ts';
import { referralWith, reportWith } from '#tests/support/referrals.ts';
import {
  answers,
  ash,
  at,
  bo,
  caseId,
  delivered,
  disposed,
  foldAll,
  item,
  member,
  met,
  narrative,
  notMet,
  otherCase,
  person,
  record,
  risk,
  type Step,
  sal,
  step,
  why,
} from './assessment-fixtures.ts';

/* Cases that a member opens by hand, and what is joined to them. */

const report: DataOf<'case.opened'>['report'] = {
  ...reportWith({ categories: [], subjects: [], narrative, places: [], dates: [] }),
  channel: 'byHand',
};
const opened = (data: Partial<DataOf<'case.opened'>> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step(
    'case.opened',
    { how: 'contactCentre', reachedAt: '2026-11-20T02:10:00.000Z', expects: 'PA-000009', report, ...data },
    more,
  );
const refusedOf = (...steps: readonly Step[]) => foldAll(steps).activity.at(-1)?.refused;

const arrived = referralWith(
  {
    narrative: 'She said that he waits outside.',
    categories: ['partnerAbuse'],
    peopleAtRisk: [{ who: 'Former partner', risk: 'Assault', urgency: 'immediate' }],
    vehicles: ['EF34 GHJ'],
    reporter: 'keepInContact',
  },
  { reference: 'PA-000009', receivedAt: '2026-11-20T07:00:00.000Z' },
);
const joined = (data: Partial<DataOf<'referral.joined'>> = {}, more: Omit<Step, 'event'> = {}): Step =>
  step('referral.joined', { case: otherCase, referral: arrived, why, ...data }, more);
const into = (more: Omit<Step, 'event'> = {}): Step =>
  step('case.joinedInto', { case: otherCase, reference: 'H-7K3MQ9ZT', why }, more);

describe('a case that is opened by hand', () => {
  test('is its author’s at once, under a reference of its own, with the clock of when it reached the unit', () => {
    const state = foldAll([opened()]);
    expect(state.holder).toBe(ash.id);
    expect(state.origin).toEqual({ how: 'contactCentre', expects: 'PA-000009', by: ash.id });
    expect(state.referral).toMatchObject({ reference: 'H-60000000', receivedAt: '2026-11-20T02:10:00.000Z', report });
    expect(selectStatus(state)).toBe('assessing');
    const { dueAt, awaits, subject, categories } = summarise(state);
    expect([awaits, subject, categories]).toEqual([['PA-000009'], null, []]);
    expect(dueAt).toBe('2026-11-23T02:10:00.000Z');
  });

  test('goes through every step that others go through', () => {
    const steps = [opened(), risk({ atRiskNow: 'yes', people: [person('high')] }), met(), item('checks vehicles')];
    const all = foldAll([...steps, disposed({ kind: 'investigate' })]);
    expect(all.activity.flatMap(({ refused }) => refused ?? [])).toEqual([]);
    expect(summarise(all)).toMatchObject({ status: 'awaitingApproval', priority: 'high' });
  });

  test.each<[string, Step, string]>([
    ['later than now', opened({ reachedAt: '2026-11-20T10:00:00.001Z' }), 'reached-in-future'],
    ['by who may assess nothing', opened({}, { actor: member('rev', 'reviewer') }), 'not-allowed'],
    ['by the endpoint', opened({}, { actor: null }), 'not-by-endpoint'],
  ])('is not opened %s', (_, first, code) => {
    // There is no case in which a refusal could be shown.
    expect(() => foldAll([first])).toThrow('no case');
    const actor = first.actor === undefined ? ash : first.actor;
    const decided = decide(null, first.event as never, { actor, unit: null, record, at });
    expect(decided.ok ? null : decided.error.code).toBe(code);
  });

  test('is opened once, and no referral is delivered into it', () => {
    expect(refusedOf(opened(), opened({}, { actor: bo }))).toMatchObject({ code: 'opened-already' });
    expect(refusedOf(opened(), delivered({}))).toMatchObject({ code: 'referral-received-already' });
  });

  test('has a reference of its stream that can be read out, as all schemas know it', () => {
    const references = ['30000000-0000-4000-8000-000000000001', 'ffffffff-ff00-4000-8000-000000000001'].map((id) =>
      handReferenceOf(id as StreamId),
    );
    expect(references).toEqual(['H-60000000', 'H-ZZZZZZZZ']);
    for (const each of references) expect(referenceSchema.safeParse(each).success).toBe(true);
    expect(referenceSchema.safeParse('H-6000000L').success).toBe(false);
  });

  test('tells of nobody who reported, unless nobody here can know', () => {
    expect(isAnonymous(report)).toBe(true);
    expect(isAnonymous({ reporter: 'notRecorded' })).toBe(false);
  });
});

test('the endpoint takes in what the contact centre records, and nothing else', () => {
  const takes = (changes: object): boolean => {
    const intake = intakeWith();
    return intakeSchema.safeParse({ ...intake, report: { ...intake.report, ...changes } }).success;
  };
  expect(takes({})).toBe(true);
  const others = [{ channel: 'byHand' }, { categories: [] }, { subjects: [] }, { reporter: 'notRecorded' }];
  for (const each of [...others, { earlierReference: 'H-60000000' }]) {
    expect([each, takes(each)]).toEqual([each, false]);
    expect(reportSchema.safeParse({ ...reportWith(), ...each }).success).toBe(true);
  }
});

describe('a referral that is joined', () => {
  const state = foldAll([opened(), item('checks vehicles'), joined()]);

  test('stands after the first text, which keeps its places', () => {
    const { narrative: text } = state.referral.report;
    expect(text).toBe(`${narrative}\n\n[PA-000009]\n\nShe said that he waits outside.`);
    const [first] = state.items;
    expect(text.slice(first?.start, first?.end)).toBe(first?.text);
    const start = text.indexOf('waits');
    const second = { start, end: start + 5, text: 'waits', provenance: null };
    expect(refusedOf(opened(), joined(), step('item.recorded', second))).toBeNull();
  });

  test('brings all that it holds, and the earlier clock stands', () => {
    const { reference, receivedAt, report: all } = state.referral;
    expect([reference, receivedAt]).toEqual(['H-60000000', '2026-11-20T02:10:00.000Z']);
    expect(all).toMatchObject({
      ...{ channel: 'byHand', categories: ['partnerAbuse'], vehicles: ['EF34 GHJ'], reporter: 'keepInContact' },
      ...{ subjects: arrived.report.subjects, peopleAtRisk: arrived.report.peopleAtRisk },
    });
    expect(summarise(state)).toMatchObject({ priority: 'immediate', atRisk: { count: 1, worst: 'immediate' } });
    expect(summarise(state).awaits).toBeUndefined();
  });

  test('brings its clock where that is the earlier', () => {
    const early = { ...arrived, receivedAt: '2026-11-19T22:00:00.000Z' };
    expect(foldAll([opened(), joined({ referral: early })]).referral.receivedAt).toBe(early.receivedAt);
  });

  test('brings the tests of the force that sent it', () => {
    const tests = [{ force: 'kent', criteria: ['seriousAssault' as const], becameClearAt: at, rationale: why, at }];
    const sentWith = { force: 'kent', tests };
    expect(foldAll([opened(), joined({ referral: { ...arrived, sentWith } })]).sentWith).toEqual(sentWith);
  });

  test('says what was decided without its text, until that is recorded again', () => {
    const before = [opened(), risk({ atRiskNow: 'yes', people: [person('high')] }), met(), item('checks vehicles')];
    const whole = { of: { kind: 'whole' as const }, text: 'The officer checks vehicles.', marks: [], answers };
    const steps = [...before, step('sanitised.recorded', whole)];
    expect(recordedBeforeJoin(foldAll(steps))).toEqual([]);
    const after = [...steps, joined()];
    expect(recordedBeforeJoin(foldAll(after))).toEqual([
      ...['risk.assessed', 'mandatoryReferral.assessed', 'sanitised.recorded'],
    ]);
    const again = [...after, risk({ atRiskNow: 'yes', people: [person('high')] }), step('sanitised.recorded', whole)];
    expect(recordedBeforeJoin(foldAll(again))).toEqual(['mandatoryReferral.assessed']);
  });

  test.each<[string, readonly Step[], string]>([
    ['to what was delivered', [delivered({}), joined()], 'not-by-hand'],
    ['itself', [opened(), joined({ case: caseId })], 'join-to-itself'],
    ['twice, by two who did not know', [opened(), joined(), joined({}, { actor: bo, seen: 1 })], 'joined-already'],
    ['entered by hand', [opened(), joined({ referral: { ...arrived, report } })], 'joins-delivered-only'],
    [
      'too long',
      [opened(), joined({ referral: { ...arrived, report: { ...arrived.report, narrative: 'a'.repeat(49_900) } } })],
      'joined-too-long',
    ],
    [
      'of too many subjects',
      [
        opened({ report: { ...report, subjects: arrived.report.subjects } }),
        joined({
          referral: { ...arrived, report: { ...arrived.report, subjects: Array(20).fill(arrived.report.subjects[0]) } },
        }),
      ],
      'joined-too-long',
    ],
  ])('is not %s', (_, steps, code) => expect(refusedOf(...steps)).toMatchObject({ code }));
});

describe('the stream of a referral that was joined to a case', () => {
  const first = delivered({ narrative }, { reference: 'PA-000009' });

  test('says where it went, and is not due any more', () => {
    const state = foldAll([first, into()]);
    expect(selectStatus(state)).toBe('joined');
    expect(summarise(state).dueAt).toBeNull();
  });

  test('takes nothing any more but what protects somebody, and what others answer', () => {
    const elsewhere = { code: 'joined-elsewhere', params: { reference: 'H-7K3MQ9ZT' } };
    expect(refusedOf(first, into(), item('checks vehicles'))).toMatchObject(elsewhere);
    expect(refusedOf(first, into(), notMet())).toMatchObject(elsewhere);
    expect(refusedOf(first, into(), risk({ atRiskNow: 'yes', people: [person('high')] }))).toBeNull();
    expect(refusedOf(first, into(), met())).toBeNull();
    expect(refusedOf(first, into(), disposed({ kind: 'safeguard', ended: false }))).toBeNull();
    expect(refusedOf(first, step('case.taken', {}), into(), step('case.released', {}))).toBeNull();
  });

  test('holds nothing against who could not know', () => {
    const late = item('checks vehicles', { actor: bo, seen: 1 });
    expect(refusedOf(first, into(), late)).toBeNull();
  });

  test('is not one that was decided, nor twice one', () => {
    const decided = [first, risk(), notMet(), disposed({ kind: 'investigate' })];
    expect(refusedOf(...decided, into({ actor: sal }))).toMatchObject({ code: 'join-of-decided' });
    expect(refusedOf(first, into(), into({ actor: bo, seen: 1 }))).toMatchObject({ code: 'joined-already' });
    expect(refusedOf(opened(), into())).toMatchObject({ code: 'joins-delivered-only' });
  });
});

test('a referral is joined to no case that was sent to another force, until it is sent back or decided anew', () => {
  const first = [opened(), risk(), notMet()];
  const away = disposed({ kind: 'otherForce', force: 'kent', unit: 'f0000000-0000-4000-8000-000000000001' as never });
  expect(refusedOf(...first, away, joined())).toMatchObject({ code: 'joined-after-sent' });
  expect(refusedOf(...first, away, disposed({ kind: 'investigate' }), joined())).toBeNull();
  expect(refusedOf(...first, joined(), away)).toBeNull();
});

test('what was decided without sight of a join is named, also where it came into the log after it', () => {
  const unseen = notMet({ actor: bo, seen: 1 });
  expect(recordedBeforeJoin(foldAll([opened(), joined(), unseen]))).toEqual(['mandatoryReferral.assessed']);
  expect(recordedBeforeJoin(foldAll([opened(), joined(), notMet({ actor: bo })]))).toEqual([]);
});
