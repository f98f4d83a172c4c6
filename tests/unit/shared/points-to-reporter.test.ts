import { expect, test } from 'vitest';
import { dayAndPart, nearDayAndPart } from '#renderer/ui/time.ts';
import { sayDecision } from '#renderer/words/policy-log.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { partOfLondonDay } from '#shared/kernel/london-time.ts';
import { delivered, disposed, foldAll, met, narrative, risk, type Step, sent } from './assessment-fixtures.ts';
import { everyByHand } from './every-event.ts';

/* Language, channel and the hour of contact point to whoever reported: nothing but the case itself may show them. */

const decided = [risk(), met(), sent(), disposed({ kind: 'investigate' })];
const caseWith = (changes: Parameters<typeof delivered>[0]) =>
  foldAll([
    delivered({ narrative, ...changes }, { reference: 'PA-000001', receivedAt: '2026-11-19T08:20:00.000Z' }),
    ...decided,
  ]);
const plain = caseWith({ language: 'en', channel: 'online', recordedAt: '2026-11-19T08:00:00.000Z' });

test.each([
  ['in Welsh', { language: 'cy' }],
  ['by telephone', { channel: 'phone' }],
  ['at another hour', { recordedAt: '2026-11-19T23:14:00.000Z' }],
] as const)(
  'a referral %s has the same row, is found by the same words, and prints the same policy log',
  (_, changes) => {
    const other = caseWith(changes);
    expect(other.referral.report).not.toEqual(plain.referral.report);
    expect(summarise(other)).toEqual(summarise(plain));
    const printed = (state: typeof plain) => selectPolicyLog(state).map((line) => sayDecision(line));
    expect(printed(other)).toEqual(printed(plain));
  },
);

test.each(['confidentialLine', 'partnerAgency'] as const)(
  'how something reached the unit is told by the case alone, as is the hour of a case opened by hand (%s)',
  (how) => {
    const caseOf = (changes: object) => {
      const [opened] = everyByHand;
      const event = { ...opened?.event, data: { ...opened?.event.data, ...changes } };
      return foldAll([{ event } as Step, ...decided]);
    };
    const [one, other] = [caseOf({}), caseOf({ how })];
    expect(other.origin).not.toEqual(one.origin);
    expect(summarise(other)).toEqual(summarise(one));
    expect(selectPolicyLog(other)).toEqual(selectPolicyLog(one));
    expect(JSON.stringify(selectPolicyLog(one).map((line) => sayDecision(line)))).not.toMatch(/by hand|02:10/i);
  },
);

test('neither stands in a row or in what search looks in, by any of its words', () => {
  const row = JSON.stringify(summarise(caseWith({ language: 'cy', channel: 'phone' })));
  expect(row).not.toMatch(/welsh|english|"cy"|phone|online|recordedAt/i);
});

test.each([
  ['2026-11-20T00:00:00Z', 'night'],
  ['2026-11-20T05:59:59Z', 'night'],
  ['2026-11-20T06:00:00Z', 'morning'],
  ['2026-11-20T11:59:59Z', 'morning'],
  ['2026-11-20T12:00:00Z', 'afternoon'],
  ['2026-11-20T17:59:59Z', 'afternoon'],
  ['2026-11-20T18:00:00Z', 'evening'],
  ['2026-11-20T23:59:59Z', 'evening'],
  // In summer London is an hour ahead.
  ['2026-07-01T05:00:00Z', 'morning'],
  ['2026-07-01T23:30:00Z', 'night'],
])('%s is %s in London', (at, part) => expect(partOfLondonDay(Date.parse(at))).toBe(part));

test('the day and the part of it, near and far, without an hour', () => {
  const at = Date.parse('2026-11-20T09:12:00Z');
  expect(dayAndPart(at)).toBe('Fri 20 Nov 2026, morning');
  expect(nearDayAndPart(at, at)).toBe('Today, morning');
  expect(nearDayAndPart(at, Date.parse('2026-11-22T09:00:00Z'))).toBe('Fri, morning');
  expect(nearDayAndPart(at, Date.parse('2026-12-22T09:00:00Z'))).toBe('20 Nov, morning');
  expect(nearDayAndPart(at, Date.parse('2027-12-22T09:00:00Z'))).toBe('20 Nov 2026');
});
