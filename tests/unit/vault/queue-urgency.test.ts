import { expect, test } from 'vitest';
import { queueDay } from '#renderer/vault/cases/queue-day.ts';
import { sortQueue } from '#renderer/vault/cases/queue-order.ts';
import { applyToCase } from '#shared/domain/case/apply-to-case.ts';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import { emptyRecord } from '#shared/domain/unit/unit-record.ts';
import type { AuthorKey, EntryId, EventId, StreamId } from '#shared/kernel/ids.ts';
import { referralWith } from '#tests/support/referrals.ts';

const emptySlices = {
  iopcDueAt: null,
  priority: null,
  isOverridden: false,
  dispositions: [],
  reviewOn: null,
  keptUntil: null,
  suspension: null,
  categories: [],
  primary: null,
  conflict: false,
} as const satisfies CaseSummary['assessed'];

function row(
  id: string,
  dueAt: string | null,
  assessed: Partial<NonNullable<CaseSummary['assessed']>> = {},
): CaseSummary {
  const stream = id as StreamId;
  const event = { type: 'referral.received' as const, at: '2027-03-01T09:00:00.000Z', data: referralWith() };
  const device = 'key of the endpoint' as AuthorKey;
  const signed = { entry: id as EntryId, at: event.at, by: null, device, position: 1, seen: 0 };
  const state = applyToCase(null, stream, event, {
    actor: null,
    unit: null,
    record: emptyRecord,
    signed,
    eventId: id as EventId,
    time: { said: event.at, from: null, until: null },
  });
  if (!state) throw new Error('no case');
  return { ...summarise(state), dueAt, assessed: { ...emptySlices, ...assessed } };
}

const cases = [
  row('resting', null, { reviewOn: '2027-07-13' }),
  row('closed', null),
  row('tomorrow', '2027-07-12T23:00:00.001Z'),
  row('again', null, { reviewOn: '2030-01-01' }),
  row('review', null, { reviewOn: '2027-07-12' }),
  row('missed review', null, { reviewOn: '2027-01-12' }),
  row('iopc tonight', null, { iopcDueAt: '2027-07-12T22:59:59.999Z', reviewOn: '2027-07-12' }),
  row('kept secret', null, { keptUntil: '2027-07-12' }),
  row('suspended', null, { suspension: { decisionDueAt: null, reviewOn: '2027-07-01' } }),
  row('not suspended', null, { suspension: { decisionDueAt: '2027-07-12T22:00:00.000Z', reviewOn: null } }),
  row('overdue', '2027-07-01T09:00:00.000Z'),
];
const order = (now: string) =>
  sortQueue(
    cases,
    { by: 'urgency', descending: false },
    { nameOf: () => '', day: queueDay(Date.parse(now), new Set(['again' as StreamId])) },
  ).map(({ id }) => id);

test('what is to be looked at comes after every clock that ends today, and before all others', () => {
  const today = ['again', 'review', 'missed review', 'kept secret', 'suspended'];
  expect(order('2027-07-12T09:00:00.000Z')).toEqual([
    'overdue',
    'not suspended',
    'iopc tonight',
    ...today,
    'tomorrow',
    'resting',
    'closed',
  ]);
});

test('a review falls due with the day in London, not before', () => {
  const at = (now: string) => order(now).indexOf('review' as StreamId) < order(now).indexOf('tomorrow' as StreamId);
  expect(at('2027-07-11T22:59:59.000Z')).toBe(false);
  expect(at('2027-07-11T23:00:00.000Z')).toBe(true);
});

test('subjects by surname, whatever stands before it; who has no name comes after, and then what tells of nobody', () => {
  const told = (id: string, role: string, name: string | null, others = 0) => ({
    ...row(id, null),
    subject: { role, name, others },
  });
  const people = [
    told('unnamed DC', 'Detective Constable', null),
    { ...row('nobody', null), subject: null },
    told('Zeb Adair', 'Police Sergeant', 'Zeb Adair'),
    told('unnamed PC', 'Police Constable', null),
    told('two of Marlow', 'Detective Constable', 'Ellis Marlow', 1),
    told('van der Berg', 'Inspector', 'Ann van der Berg'),
    told('Marlow turned', 'Detective Constable', 'MARLOW, Ellis'),
    told('O’Neill', 'Police Constable', 'Shea O’Neill'),
    told('Ångström', 'Police Constable', 'Bo Ångström'),
    told('unknown', 'Person', 'Unknown'),
  ];
  const day = queueDay(Date.parse('2027-07-12T09:00:00.000Z'), new Set<StreamId>());
  const sorted = sortQueue(people, { by: 'subject', descending: false }, { nameOf: () => '', day });
  expect(sorted.map(({ id }) => id)).toEqual([
    ...['Zeb Adair', 'Ångström', 'Marlow turned', 'two of Marlow', 'O’Neill', 'van der Berg'],
    ...['unnamed DC', 'unknown', 'unnamed PC', 'nobody'],
  ]);
});
