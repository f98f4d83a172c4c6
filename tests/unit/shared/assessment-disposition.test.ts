import { describe, expect, test } from 'vitest';
import { selectInForce, selectOutcomeClass } from '#shared/domain/assessment/dispositions-in-force.ts';
import { dispositions } from '#shared/domain/assessment/tables/dispositions.ts';
import { type CaseEvent, selectStatus } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import {
  assess,
  at,
  bo,
  disposed,
  entry,
  fold,
  grade,
  item,
  met,
  notMet,
  refused,
  risk,
  type Step,
  sal,
  sent,
  step,
  why,
} from './assessment-fixtures.ts';

const done = [risk(), notMet()];
const record = { kind: 'record', reviewOn: '2027-11-20' } as const;
const otherForce = { kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' } as const;
const graded = (data: Parameters<typeof grade>[1], more: Parameters<typeof grade>[2] = {}) => [
  item('checks vehicles'),
  grade(4, data, more),
];
const falseGrade = { assessment: 'E', judgedBy: 'DS Vale', why: 'Contradicted by the roster.' } as const;
const malicious = (...items: number[]) => ({ kind: 'suspectedMalicious' as const, items: items.map(entry) });
const decided = (kind: 'record' | 'safeguard' | 'notOurs', more: Partial<Step> = {}): Step => ({
  event: { type: 'decision.recorded', at, data: { kind, rationale: why } } as CaseEvent,
  ...more,
});

describe('order that is law: life first, the duty to refer, then the outcome', () => {
  test.each<[string, Step[], string | null]>([
    [
      'ECHR Art 2: an outcome before the question of risk',
      [notMet(), disposed(record)],
      'Record first whether anyone is at risk now.',
    ],
    [
      'reg 4, reg 7: an outcome before the mandatory-referral test',
      [risk(), disposed(record)],
      'Record first whether this must be referred to the IOPC.',
    ],
    ['safeguarding waits for nothing', [disposed({ kind: 'safeguard', ended: false })], null],
    ['both answered', [...done, disposed(record)], null],
    [
      'reg 4: no further action while a referral is owed',
      [risk(), met(), disposed({ kind: 'noFurtherAction' })],
      'This must be referred to the IOPC before it can be closed.',
    ],
    [
      'reg 4: not policing while a referral is owed',
      [risk(), met(), disposed({ kind: 'notPolicing' })],
      'This must be referred to the IOPC before it can be closed.',
    ],
    ['reg 4: no further action once it is sent', [risk(), met(), sent(), disposed({ kind: 'noFurtherAction' })], null],
    ['an investigation may start while a referral is owed', [risk(), met(), disposed({ kind: 'investigate' })], null],
    [
      'someone is at risk, and nobody is named',
      [risk({ atRiskNow: 'yes' })],
      'Say who is at risk, and what is done about it.',
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toBe(expected));
});

describe('what each outcome needs', () => {
  test.each<[string, Step[], string | null]>([
    [
      'record: a review today',
      [...done, disposed({ kind: 'record', reviewOn: '2026-11-20' })],
      'The review must be on a later day than today.',
    ],
    [
      'another force: its own',
      [...done, disposed({ ...otherForce, force: 'avon-and-somerset' })],
      'The referral is with this force already.',
    ],
    ['another force', [...done, disposed(otherForce)], null],
    [
      'no further action without another option',
      [...done, disposed({ kind: 'noFurtherAction' }, {}, [])],
      'Say which other option you considered, and why not.',
    ],
    [
      'investigate without another option',
      [...done, disposed({ kind: 'investigate' }, {}, [])],
      'Say which other option you considered, and why not.',
    ],
    ['record without another option', [...done, disposed(record, {}, [])], null],
    [
      'malicious: by an analyst',
      [...done, ...graded(falseGrade), disposed(malicious(4))],
      'Only a supervisor can find a referral malicious.',
    ],
    [
      'malicious: graded E with reasons, by a supervisor',
      [...done, ...graded(falseGrade), disposed(malicious(4), { actor: sal })],
      null,
    ],
    [
      'malicious: merely not known (D)',
      [...done, ...graded({}), disposed(malicious(4), { actor: sal })],
      'Suspected malicious needs each item it rests on graded E, with reasons.',
    ],
    [
      'malicious: not graded at all',
      [...done, item('checks vehicles'), disposed(malicious(4), { actor: sal })],
      'Suspected malicious needs each item it rests on graded E, with reasons.',
    ],
    [
      'malicious: an item that is not there',
      [...done, disposed(malicious(9), { actor: sal })],
      'There is no such item, or it was withdrawn.',
    ],
    [
      'malicious: regraded since',
      [...done, ...graded(falseGrade), grade(4, { why: 'New facts.' }), disposed(malicious(4), { actor: sal })],
      'Suspected malicious needs each item it rests on graded E, with reasons.',
    ],
    [
      'malicious: two grades in conflict, one not E',
      [...done, ...graded(falseGrade), grade(4, {}, { actor: bo, seen: 4 }), disposed(malicious(4), { actor: sal })],
      'Suspected malicious needs each item it rests on graded E, with reasons.',
    ],
    [
      'a transfer that was none is answered',
      [
        ...done,
        disposed(record),
        step('transfer.answered', { disposition: entry(4), answer: 'acknowledged', answeredAt: at, why: null }),
      ],
      'This case was not sent to another force by that entry.',
    ],
    [
      'sent back without a reason',
      [
        ...done,
        disposed(otherForce),
        step('transfer.answered', { disposition: entry(4), answer: 'sentBack', answeredAt: at, why: null }),
      ],
      'Say why it was sent back.',
    ],
    [
      'acknowledged, as the endpoint passes it on',
      [
        ...done,
        disposed(otherForce),
        step(
          'transfer.answered',
          { disposition: entry(4), answer: 'acknowledged', answeredAt: at, why: null },
          { actor: null },
        ),
      ],
      null,
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toBe(expected));
});

describe('what stands', () => {
  const status = (...steps: Step[]) => selectStatus(fold(...done, ...steps));
  test('each outcome gives the case its status', () => {
    expect(status()).toBe('new');
    expect(status(disposed({ kind: 'investigate' }))).toBe('awaitingApproval');
    expect(status(disposed(record))).toBe('recorded');
    expect(status(disposed({ kind: 'complaints', department: 'Complaints' }))).toBe('notOurs');
    expect(status(disposed({ kind: 'otherAgency', agency: 'HMRC' }))).toBe('notOurs');
    expect(status(disposed({ kind: 'noFurtherAction' }))).toBe('closed');
  });

  test('safeguarding runs beside any other outcome, until it ends', () => {
    const both = [disposed({ kind: 'safeguard', ended: false }), disposed(record)];
    const { outcomes, safeguarding } = selectInForce(assess(...done, ...both).dispositions);
    expect([outcomes.length, safeguarding.length]).toEqual([1, 1]);
    expect(status(...both)).toBe('recorded');
    const ended = assess(...done, ...both, disposed({ kind: 'safeguard', ended: true })).dispositions;
    expect(selectInForce(ended).safeguarding).toEqual([]);
    expect(ended).toHaveLength(3);
  });

  test('two outcomes out of sight of each other conflict, and both are kept', () => {
    const blind = disposed({ kind: 'investigate' }, { actor: bo, seen: 3 });
    expect(status(disposed(record), blind)).toBe('conflict');
    expect(status(disposed(record), blind, disposed(record))).toBe('recorded');
  });

  test('what another force sends back is to be decided again, and its clock runs again', () => {
    const back = step(
      'transfer.answered',
      { disposition: entry(4), answer: 'sentBack', answeredAt: at, why: 'Not ours.' },
      { actor: null },
    );
    expect(status(disposed(otherForce))).toBe('notOurs');
    expect(status(disposed(otherForce), back)).toBe('new');
    expect(summarise(fold(...done, disposed(otherForce))).dueAt).toBeNull();
    expect(summarise(fold(...done, disposed(otherForce), back)).dueAt).not.toBeNull();
  });

  test('decisions of the first version stand among the dispositions, and are superseded by them', () => {
    const state = fold(decided('record'), ...done, disposed({ kind: 'investigate' }));
    expect(state.assessment?.dispositions.map(({ outcome }) => outcome.kind)).toEqual(['firstVersion', 'investigate']);
    expect(state.current).toEqual([]);
    expect(state.decisions).toHaveLength(1);
    expect(selectStatus(state)).toBe('awaitingApproval');
    expect(selectStatus(fold(...done, disposed({ kind: 'investigate' }), decided('record')))).toBe('recorded');
    expect(selectStatus(fold(...done, disposed(record), decided('notOurs', { actor: bo, seen: 3 })))).toBe('conflict');
  });

  test('safeguarding of the first version goes on beside a disposition', () => {
    const state = fold(decided('safeguard'), ...done, disposed(record));
    expect(selectInForce(state.assessment?.dispositions ?? []).safeguarding).toHaveLength(1);
    expect(selectStatus(state)).toBe('recorded');
  });

  test('the endpoint learns one word of four', () => {
    expect(selectOutcomeClass(assess(...done).dispositions)).toBeNull();
    expect(selectOutcomeClass(assess(...done, disposed(record)).dispositions)).toBe('recorded');
    expect(
      selectOutcomeClass(assess(...done, disposed(record), disposed({ kind: 'safeguard', ended: false })).dispositions),
    ).toBe('acted');
    expect(dispositions.suspectedMalicious.outcome).toBe(dispositions.noFurtherAction.outcome);
  });
});
