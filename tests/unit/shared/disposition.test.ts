import { describe, expect, test } from 'vitest';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';
import { selectInForce, selectOutcomeClass } from '#shared/domain/disposition/dispositions-in-force.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  at,
  bo,
  disposed,
  type Expected,
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
} from './assessment-fixtures.ts';

const done = [risk(), notMet()];
const record = { kind: 'record', reviewOn: '2027-11-20' } as const;
const complaints = { kind: 'complaints', department: 'Complaints' } as const;
const otherForce = { kind: 'otherForce', force: 'kent', unit: '40000000-0000-4000-8000-000000000001' } as const;
const graded = (data: Parameters<typeof grade>[1], more: Parameters<typeof grade>[2] = {}) => [
  item('checks vehicles'),
  grade(4, data, more),
];
const falseGrade = { assessment: 'E', judgedBy: 'DS Vale', why: 'Contradicted by the roster.' } as const;
const malicious = (...items: number[]) => ({ kind: 'suspectedMalicious' as const, items: items.map(entry) });
describe('order that is law: life first, the duty to refer, then the disposition', () => {
  test.each<[string, Step[], Expected]>([
    [
      'ECHR Art 2: a disposition before the question of risk',
      [notMet(), disposed(record)],
      refuseField('chosen.kind', 'risk-first'),
    ],
    [
      'reg 4, reg 7: a disposition before the mandatory-referral test',
      [risk(), disposed(record)],
      refuseField('chosen.kind', 'mandatory-first'),
    ],
    ['safeguarding waits for nothing', [disposed({ kind: 'safeguard', ended: false })], null],
    ['both answered', [...done, disposed(record)], null],
    [
      'reg 4: no further action while a referral is owed',
      [risk(), met(), disposed({ kind: 'noFurtherAction' })],
      refuseField('chosen.kind', 'iopc-owed'),
    ],
    [
      'reg 4: not policing while a referral is owed',
      [risk(), met(), disposed({ kind: 'notPolicing' })],
      refuseField('chosen.kind', 'iopc-owed'),
    ],
    ['reg 4: no further action once it is sent', [risk(), met(), sent(), disposed({ kind: 'noFurtherAction' })], null],
    ['an investigation may start while a referral is owed', [risk(), met(), disposed({ kind: 'investigate' })], null],
    [
      'someone is at risk, and nobody is named',
      [risk({ atRiskNow: 'yes' })],
      refuseField('people', 'nobody-named-at-risk'),
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));
});

describe('what each disposition needs', () => {
  test.each<[string, Step[], Expected]>([
    [
      'record: a review today',
      [...done, disposed({ kind: 'record', reviewOn: '2026-11-20' })],
      refuseField('chosen.reviewOn', 'review-not-later'),
    ],
    [
      'another force: its own',
      [...done, disposed({ ...otherForce, force: 'avon-and-somerset' })],
      refuseField('chosen.force', 'with-this-force-already'),
    ],
    ['another force', [...done, disposed(otherForce)], null],
    [
      'no further action without another option',
      [...done, disposed({ kind: 'noFurtherAction' }, {}, [])],
      refuseField('options', 'options-not-weighed'),
    ],
    [
      'investigate without another option',
      [...done, disposed({ kind: 'investigate' }, {}, [])],
      refuseField('options', 'options-not-weighed'),
    ],
    ['record without another option', [...done, disposed(record, {}, [])], null],
    [
      'malicious: by an analyst',
      [...done, ...graded(falseGrade), disposed(malicious(4))],
      refuseField('chosen.kind', 'not-allowed', { action: 'findMalicious', roles: ['supervisor'] }),
    ],
    [
      'malicious: graded E with reasons, by a supervisor',
      [...done, ...graded(falseGrade), disposed(malicious(4), { actor: sal })],
      null,
    ],
    [
      'malicious: merely not known (D)',
      [...done, ...graded({}), disposed(malicious(4), { actor: sal })],
      refuseField('chosen.items', 'malicious-needs-e'),
    ],
    [
      'malicious: not graded at all',
      [...done, item('checks vehicles'), disposed(malicious(4), { actor: sal })],
      refuseField('chosen.items', 'malicious-needs-e'),
    ],
    [
      'malicious: an item that is not there',
      [...done, disposed(malicious(9), { actor: sal })],
      refuseField('chosen.items', 'no-such-item'),
    ],
    [
      'malicious: regraded since',
      [...done, ...graded(falseGrade), grade(4, { why: 'New facts.' }), disposed(malicious(4), { actor: sal })],
      refuseField('chosen.items', 'malicious-needs-e'),
    ],
    [
      'malicious: two grades in conflict, one not E',
      [...done, ...graded(falseGrade), grade(4, {}, { actor: bo, seen: 4 }), disposed(malicious(4), { actor: sal })],
      refuseField('chosen.items', 'malicious-needs-e'),
    ],
    [
      'a transfer that was none is answered',
      [
        ...done,
        disposed(record),
        step('transfer.answered', { disposition: entry(4), answer: 'acknowledged', answeredAt: at, why: null }),
      ],
      refuse('no-such-transfer'),
    ],
    [
      'sent back without a reason',
      [
        ...done,
        disposed(otherForce),
        step('transfer.answered', { disposition: entry(4), answer: 'sentBack', answeredAt: at, why: null }),
      ],
      refuseField('why', 'sent-back-without-reason'),
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
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));
});

describe('what stands', () => {
  const status = (...steps: Step[]) => selectStatus(fold(...done, ...steps));
  test('each disposition gives the case its status', () => {
    expect(status()).toBe('new');
    expect(status(disposed({ kind: 'investigate' }))).toBe('awaitingApproval');
    expect(status(disposed(record))).toBe('recorded');
    expect(status(disposed(complaints))).toBe('notOurs');
    expect(status(disposed({ kind: 'otherAgency', agency: 'HMRC' }))).toBe('notOurs');
    expect(status(disposed({ kind: 'noFurtherAction' }))).toBe('closed');
  });

  test('safeguarding runs beside any other disposition, until it ends', () => {
    const both = [disposed({ kind: 'safeguard', ended: false }), disposed(record)];
    const { exclusive, safeguarding } = selectInForce(fold(...done, ...both).dispositions);
    expect([exclusive.length, safeguarding.length]).toEqual([1, 1]);
    expect(status(...both)).toBe('recorded');
    const ended = fold(...done, ...both, disposed({ kind: 'safeguard', ended: true })).dispositions;
    expect(selectInForce(ended).safeguarding).toEqual([]);
    expect(ended).toHaveLength(3);
  });

  test('two dispositions out of sight of each other conflict, and both are kept', () => {
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

  test('a disposition recorded anew supersedes the one before, in whatever order they came, and conflicts unseen', () => {
    const state = fold(...done, disposed(record), disposed({ kind: 'investigate' }));
    expect(state.dispositions.map(({ chosen }) => chosen.kind)).toEqual(['record', 'investigate']);
    expect(selectInForce(state.dispositions).exclusive.map(({ entry: id }) => id)).toEqual([entry(5)]);
    expect(selectStatus(state)).toBe('awaitingApproval');
    expect(status(disposed({ kind: 'investigate' }), disposed(record))).toBe('recorded');
    expect(status(disposed(record), disposed(complaints, { actor: bo, seen: 3 }))).toBe('conflict');
  });

  test('safeguarding that was recorded before anything else goes on beside a disposition', () => {
    const state = fold(disposed({ kind: 'safeguard', ended: false }), ...done, disposed(record));
    expect(selectInForce(state.dispositions).safeguarding).toHaveLength(1);
    expect(selectStatus(state)).toBe('recorded');
  });

  test('the endpoint learns one word of four', () => {
    expect(selectOutcomeClass(fold(...done).dispositions)).toBeNull();
    expect(selectOutcomeClass(fold(...done, disposed(record)).dispositions)).toBe('recorded');
    expect(
      selectOutcomeClass(fold(...done, disposed(record), disposed({ kind: 'safeguard', ended: false })).dispositions),
    ).toBe('acted');
    expect(dispositions.suspectedMalicious.outcome).toBe(dispositions.noFurtherAction.outcome);
  });
});
