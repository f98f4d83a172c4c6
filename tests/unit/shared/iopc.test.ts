import { describe, expect, test } from 'vitest';
import { iopcClock, iopcDueAt, isIopcOwed, selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import { mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import { mandatoryWarnings } from '#shared/domain/iopc/mandatory-referral-assessed.ts';
import { jurisdictionIds, jurisdictions, otherJurisdictionIds } from '#shared/domain/jurisdiction/jurisdictions.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  at,
  bo,
  delivered,
  disposed,
  type Expected,
  entry,
  fold,
  foldAll,
  grade,
  item,
  member,
  met,
  narrative,
  notMet,
  refused,
  risk,
  type Step,
  sent,
  step,
} from './assessment-fixtures.ts';

const due = (becameClear: string): string => new Date(iopcDueAt(Date.parse(becameClear))).toISOString();

describe('deadline: end of the day after it became clear (SI 2020/2 reg 4, reg 7; calendar days, Europe/London)', () => {
  test.each([
    ['a weekday', '2026-11-19T09:00:00Z', '2026-11-20T23:59:59.999Z'],
    ['a Friday: Saturday counts', '2026-11-20T17:00:00Z', '2026-11-21T23:59:59.999Z'],
    ['the first minute of a day', '2026-11-19T00:00:00Z', '2026-11-20T23:59:59.999Z'],
    ['the last minute of a day', '2026-11-19T23:59:00Z', '2026-11-20T23:59:59.999Z'],
    ['summer, after midnight in London, before it in UTC', '2026-07-01T23:30:00Z', '2026-07-03T22:59:59.999Z'],
    ['the day before the clocks go forward', '2026-03-28T12:00:00Z', '2026-03-29T22:59:59.999Z'],
    ['the day on which they go forward', '2026-03-29T12:00:00Z', '2026-03-30T22:59:59.999Z'],
    ['two days before they go back', '2026-10-23T12:00:00Z', '2026-10-24T22:59:59.999Z'],
    ['the day before they go back', '2026-10-24T12:00:00Z', '2026-10-25T23:59:59.999Z'],
    ['the second 01:30 of the night on which they go back', '2026-10-25T01:30:00Z', '2026-10-26T23:59:59.999Z'],
    ['the last day of a year', '2026-12-31T23:59:59Z', '2027-01-01T23:59:59.999Z'],
    ['a leap day', '2028-02-28T08:00:00Z', '2028-02-29T23:59:59.999Z'],
  ])('%s', (_, becameClear, expected) => expect(due(becameClear)).toBe(expected));

  test('the clock warns at once, turns red on the last day in London, and breaches after it', () => {
    const assessment = fold(met());
    const toneAt = (now: string) => iopcClock(assessment, Date.parse(now))?.tone;
    expect(toneAt('2026-11-19T09:00:00.000Z')).toBe('owed');
    expect(toneAt('2026-11-19T23:59:59.999Z')).toBe('owed');
    expect(toneAt('2026-11-20T00:00:00.000Z')).toBe('lastDay');
    expect(toneAt('2026-11-20T23:59:59.999Z')).toBe('lastDay');
    expect(toneAt('2026-11-21T00:00:00.000Z')).toBe('breached');
    expect(iopcClock(assessment, Date.parse('2026-11-21T00:00:00.000Z'))?.remaining).toBe(-1);
  });

  test('no criterion, no clock; and none once it is sent', () => {
    expect(iopcClock(fold(notMet()), 0)).toBeNull();
    expect(iopcClock(fold(met(), sent()), 0)).toBeNull();
    expect(isIopcOwed(fold(met(), sent({ kind: 'voluntary', why: 'Public interest' })))).toBe(true);
  });

  test('the Director General requires it: owed, by the end of the day after the notice came', () => {
    const required = fold(met({ criteria: ['directorGeneral'], becameClearAt: '2026-11-20T09:30:00.000Z' }));
    expect([isIopcOwed(required), selectIopcDeadline(required)?.dueAt]).toEqual([true, '2026-11-21T23:59:59.999Z']);
  });

  test('called in (Police Reform Act 2002 Sch 3 para 13A(2)(a)): nothing is owed any more', () => {
    const called = sent({ kind: 'calledIn', what: 'Notice of the Director General' });
    expect(isIopcOwed(fold(met(), called))).toBe(false);
    expect(iopcClock(fold(met(), called), 0)).toBeNull();
    // By somebody who had not seen it, a test that a criterion is met still owes nothing.
    expect(isIopcOwed(fold(called, met({}, { actor: bo, seen: 1 })))).toBe(false);
  });

  test('sent to another force: owed until a person there acknowledges it, and again when it is sent back', () => {
    const kent = disposed({ kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' });
    const answer = (what: 'acknowledged' | 'sentBack') =>
      step('transfer.answered', { disposition: entry(4), answer: what, answeredAt: at, why: 'Seen.' }, { actor: null });
    const under = [risk(), met(), kent];
    expect(isIopcOwed(fold(...under))).toBe(true);
    expect(isIopcOwed(fold(...under, answer('acknowledged')))).toBe(false);
    expect(isIopcOwed(fold(...under, answer('acknowledged'), answer('sentBack')))).toBe(true);
    expect(
      isIopcOwed(fold(...under, answer('acknowledged'), disposed({ kind: 'record', reviewOn: '2027-01-01' }))),
    ).toBe(true);
  });

  test('safeguarding goes on here until a person of the other force acknowledges', () => {
    const kent = disposed({ kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' });
    const steps = [risk(), notMet(), disposed({ kind: 'safeguard', ended: false }), kent];
    const ended = disposed({ kind: 'safeguard', ended: true });
    const acknowledged = step(
      'transfer.answered',
      { disposition: entry(5), answer: 'acknowledged', answeredAt: at, why: null },
      { actor: null },
    );
    expect(refused(...steps, ended)).toEqual(refuseField('chosen.kind', 'transfer-not-acknowledged'));
    expect(refused(...steps, acknowledged, ended)).toBeNull();
  });

  test('two tests that conflict: the earlier deadline counts', () => {
    const later = met({ becameClearAt: '2026-11-20T09:00:00.000Z' }, { actor: bo, seen: 1 });
    expect(selectIopcDeadline(fold(met(), later))?.dueAt).toBe('2026-11-20T23:59:59.999Z');
    expect(selectIopcDeadline(fold(met(), notMet({ actor: bo, seen: 1 })))).not.toBeNull();
    expect(selectIopcDeadline(fold(met(), notMet({ actor: bo })))).toBeNull();
  });
});

describe('the test is of the conduct as alleged (R (Rose) v GMP [2021] EWHC 875 (Admin))', () => {
  const words = 'The officer checks vehicles';
  test.each([
    ['no item', []],
    [
      'an item suspected to be false',
      [item(words), grade(2, { assessment: 'E', judgedBy: 'DS Vale', why: 'Contradicted.' })],
    ],
    ['an unreliable source', [item(words), grade(2, { source: '3', judgedBy: 'DS Vale', why: 'Known for it.' })]],
  ] as [string, Step[]][])('a referral is owed just the same with %s', (_, steps) => {
    const assessment = fold(...steps, met());
    expect(isIopcOwed(assessment)).toBe(true);
    expect(selectIopcDeadline(assessment)).toEqual(selectIopcDeadline(fold(met())));
  });
});

describe('what the rules refuse', () => {
  const late = { sentAt: '2026-11-21T08:00:00.000Z' };
  const atLater = (each: Step): Step => ({
    ...each,
    event: { ...each.event, at: '2026-11-21T09:00:00.000Z' } as Step['event'],
  });
  test.each<[string, Step[], Expected]>([
    [
      'reg 4: a criterion without the time',
      [met({ becameClearAt: null })],
      refuseField('becameClearAt', 'say-when-clear'),
    ],
    [
      'reg 4: a time without a criterion',
      [met({ criteria: [] })],
      refuseField('becameClearAt', 'clear-without-criterion'),
    ],
    [
      'reg 4: clear in the future',
      [met({ becameClearAt: '2026-11-20T10:00:00.001Z' })],
      refuseField('becameClearAt', 'clear-in-future'),
    ],
    ['reg 4: clear right now', [met({ becameClearAt: '2026-11-20T10:00:00.000Z' })], null],
    [
      'a criterion twice',
      [met({ criteria: ['sameIncident', 'sameIncident'] })],
      refuseField('criteria', 'criterion-twice'),
    ],
    [
      'a kind of corruption without the criterion',
      [met({ criteria: ['relevantOffence'], corruption: ['justice'] })],
      refuseField('criteria', 'corruption-without-criterion'),
    ],
    [
      'a DSI matter beside a conduct matter',
      [met({ criteria: ['deathOrSeriousInjuryMatter', 'deathOrSeriousInjuryConduct'] })],
      refuseField('criteria', 'dsi-beside-conduct'),
    ],
    [
      'a DSI matter beside a complaint of assault',
      [met({ criteria: ['seriousAssault', 'deathOrSeriousInjuryMatter'] })],
      refuseField('criteria', 'dsi-beside-conduct'),
    ],
    ['a DSI matter alone', [met({ criteria: ['deathOrSeriousInjuryMatter'] })], null],
    [
      'a DSI matter that the Director General requires',
      [met({ criteria: ['deathOrSeriousInjuryMatter', 'directorGeneral'] })],
      null,
    ],
    ['Sch 3 para 13A: called in before anything is tested', [sent({ kind: 'calledIn' })], null],
    [
      'Sch 3 para 13A: called in after the deadline needs no reason',
      [met(), atLater(sent({ ...late, kind: 'calledIn' }))],
      null,
    ],
    [
      'called in by a notice of tomorrow',
      [sent({ kind: 'calledIn', sentAt: '2026-11-20T10:00:01.000Z' })],
      refuseField('sentAt', 'sent-in-future'),
    ],
    ['reg 4: sent before the criteria are recorded', [sent()], refuseField('kind', 'criteria-before-referral')],
    ['reg 4: sent in time', [met(), sent()], null],
    ['reg 4: late without a reason', [met(), atLater(sent(late))], refuseField('lateReason', 'sent-late')],
    ['reg 4: late with a reason', [met(), atLater(sent({ ...late, lateReason: 'The office was closed.' }))], null],
    [
      'sent in the future',
      [met(), sent({ sentAt: '2026-11-20T10:00:01.000Z' })],
      refuseField('sentAt', 'sent-in-future'),
    ],
    [
      'Sch 3 para 4(2): voluntary without grounds',
      [sent({ kind: 'voluntary' })],
      refuseField('why', 'voluntary-without-grounds'),
    ],
    ['Sch 3 para 4(2): voluntary with grounds', [sent({ kind: 'voluntary', why: 'Gravity' })], null],
    [
      're-notification of nothing',
      [sent({ kind: 'renotification', why: 'More' })],
      refuseField('kind', 'nothing-referred-before'),
    ],
    [
      're-notification without facts',
      [met(), sent(), sent({ kind: 'renotification' })],
      refuseField('why', 'renotification-without-facts'),
    ],
    ['re-notification', [met(), sent(), sent({ kind: 'renotification', why: 'A second victim.' })], null],
    [
      'an answer to nothing',
      [
        step('iopc.answered', {
          referral: entry(9),
          mode: 'local',
          answeredAt: '2026-11-20T09:30:00.000Z',
          reference: null,
          note: null,
        }),
      ],
      refuse('no-such-iopc-referral'),
    ],
    [
      'an answer before the question',
      [
        met(),
        sent(),
        step('iopc.answered', {
          referral: entry(3),
          mode: 'local',
          answeredAt: '2026-11-20T08:00:00.000Z',
          reference: null,
          note: null,
        }),
      ],
      refuseField('answeredAt', 'answered-before-sent'),
    ],
    [
      'an answer',
      [
        met(),
        sent(),
        step('iopc.answered', {
          referral: entry(3),
          mode: 'directed',
          answeredAt: '2026-11-20T09:30:00.000Z',
          reference: '2026/123',
          note: null,
        }),
      ],
      null,
    ],
    [
      'Sch 3 para 14(2)(a): back for the investigation to be completed',
      [
        met(),
        sent(),
        step('iopc.answered', {
          referral: entry(3),
          mode: 'returnedToComplete',
          answeredAt: '2026-11-20T09:30:00.000Z',
          reference: null,
          note: null,
        }),
      ],
      null,
    ],
    [
      'reg 17: not notified without a review',
      [step('notification.set', { doNotNotify: true, reviewOn: null, why: 'It would prejudice.' })],
      refuseField('reviewOn', 'say-when-reviewed'),
    ],
    [
      'reg 17: a review today',
      [step('notification.set', { doNotNotify: true, reviewOn: '2026-11-20', why: 'It would prejudice.' })],
      refuseField('reviewOn', 'review-not-later'),
    ],
    [
      'reg 17: a review tomorrow',
      [step('notification.set', { doNotNotify: true, reviewOn: '2026-11-21', why: 'It would prejudice.' })],
      null,
    ],
    [
      'a reviewer assesses',
      [notMet({ actor: member('rae', 'reviewer') })],
      refuse('not-allowed', { action: 'assess', roles: ['analyst', 'supervisor'] }),
    ],
    ['the endpoint assesses', [notMet({ actor: null })], refuse('not-by-endpoint')],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test('nobody is held to a deadline that they could not know of', () => {
    const unseen = met({ becameClearAt: '2026-11-15T09:00:00.000Z' }, { actor: bo, seen: 1 });
    expect(refused(met(), unseen, sent({}, { seen: 2 }))).toBeNull();
    expect(refused(met(), unseen, sent({}, { seen: 3 }))).toEqual(refuseField('lateReason', 'sent-late'));
  });
});

describe('a case that another force sent with its own test', () => {
  const pat = member('pat');
  const received = (becameClearAt: string | null): Step => {
    const criteria = becameClearAt ? ['seriousAssault'] : [];
    const test = { force: 'kent', criteria, becameClearAt, rationale: 'As they saw it.', at };
    const plain = delivered({ narrative });
    const data = { ...plain.event.data, sentWith: { force: 'kent', tests: [test] } };
    return { ...plain, event: { ...plain.event, data } as Step['event'] };
  };
  const earlier = received('2026-11-17T09:00:00.000Z');
  const set = (becameClearAt: string | null, actor = pat) =>
    step('iopcTime.set', { becameClearAt, why: 'Our own look at it.' }, { actor });
  const dueOf = (...steps: Step[]) => selectIopcDeadline(foldAll(steps))?.dueAt ?? null;

  test.each<[string, Step[], string | null]>([
    ['the sender’s time counts before anything is tested here', [earlier], '2026-11-18T23:59:59.999Z'],
    ['the earlier of both counts', [earlier, met()], '2026-11-18T23:59:59.999Z'],
    ['also where ours is the earlier', [received('2026-11-20T08:00:00.000Z'), met()], '2026-11-20T23:59:59.999Z'],
    ['that we find no criterion takes nothing away', [earlier, notMet()], '2026-11-18T23:59:59.999Z'],
    ['the sender met none', [received(null)], null],
    [
      'an inspector sets ours, in place of both',
      [earlier, met(), set('2026-11-19T15:00:00.000Z')],
      '2026-11-20T23:59:59.999Z',
    ],
    ['an inspector says that the sender’s does not count', [earlier, notMet(), set(null)], null],
    [
      'an analyst’s is refused, and counts for nothing',
      [earlier, set(null, member('ash'))],
      '2026-11-18T23:59:59.999Z',
    ],
  ])('%s', (_, steps, expected) => expect(dueOf(...steps)).toBe(expected));

  test('only one who may decide for the authority sets it, and only where a test was sent', () => {
    const refusedOf = (...steps: Step[]) => foldAll([earlier, ...steps]).activity.at(-1)?.refused ?? null;
    const about = (subjectRank: 'seniorOfficer' | 'chiefOfficer') =>
      step('matter.classified', {
        type: 'conduct',
        subjectRank,
        capacity: 'provisional',
        authority: null,
        why: 'As they say.',
      });
    expect(refusedOf(set(null, member('ash')))).toEqual(refuse('time-by-authority', { rank: 'inspector' }));
    expect(refusedOf(about('seniorOfficer'), set(null))).toEqual(
      refuse('time-by-authority', { rank: 'assistantChiefConstable' }),
    );
    expect(refusedOf(about('chiefOfficer'), set(null))).toEqual(refuse('time-by-authority'));
    expect(refused(set(null))).toEqual(refuse('no-test-sent'));
    expect(foldAll([earlier, set('2026-11-20T10:00:01.000Z')]).activity.at(-1)?.refused).toEqual(
      refuseField('becameClearAt', 'clear-in-future'),
    );
  });

  test('it is owed here, and late without a reason by the sender’s time', () => {
    expect(isIopcOwed(foldAll([earlier]))).toBe(true);
    const late = foldAll([earlier, sent()]).activity.at(-1)?.refused;
    expect(late).toEqual(refuseField('lateReason', 'sent-late'));
  });
});

describe('a force that is not under the law of England and Wales', () => {
  const oversight = (data: Partial<DataOf<'oversight.recorded'>> = {}) =>
    step('oversight.recorded', {
      jurisdiction: 'scotland',
      reference: null,
      sentAt: null,
      why: 'Not on duty.',
      ...data,
    });
  const nothing = disposed({ kind: 'noFurtherAction' });
  test.each<[string, Step[], Expected]>([
    ['nothing decided of it: no disposition', [risk(), nothing], refuseField('chosen.kind', 'mandatory-first')],
    ['decided by that law: a disposition', [risk(), oversight(), nothing], null],
    [
      'a reference of what was never sent',
      [oversight({ reference: 'PIRC/1' })],
      refuseField('sentAt', 'say-when-referred'),
    ],
    ['sent tomorrow', [oversight({ sentAt: '2026-11-21T09:00:00.000Z' })], refuseField('sentAt', 'sent-in-future')],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test('is built for England and Wales alone, and no other has a clock', () => {
    expect(jurisdictionIds.filter((id) => jurisdictions[id].built)).toEqual(['englandAndWales']);
    expect(otherJurisdictionIds).toHaveLength(jurisdictionIds.length - 1);
    expect(iopcClock(fold(oversight({ sentAt: '2026-11-20T09:00:00.000Z' })), 0)).toBeNull();
  });
});

test('dropping a criterion, or moving the deadline later, warns and is allowed', () => {
  const next = { criteria: ['relevantOffence' as const], becameClearAt: '2026-11-20T09:00:00.000Z' };
  expect(mandatoryWarnings(fold(met()), next)).toHaveLength(2);
  expect(mandatoryWarnings(fold(), next)).toEqual([]);
});

test('every criterion cites its source', () => {
  for (const { source, standing } of Object.values(mandatoryCriteria)) expect([source, standing]).not.toContain('');
});
