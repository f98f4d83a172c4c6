import { describe, expect, test } from 'vitest';
import { toneOfClock } from '#renderer/words/clocks.ts';
import { type ClockId, selectClocks } from '#shared/domain/case/case-clocks.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import type { AssessedSummary } from '#shared/domain/case/summarise-assessment.ts';
import { fold, met, notMet, step } from './assessment-fixtures.ts';

const base = summarise(fold(notMet())).assessed as AssessedSummary;
const friday = '2026-11-20T23:59:59.999Z';

interface Running extends Partial<AssessedSummary> {
  readonly dueAt?: string;
}
const clocksOf = ({ dueAt, ...assessed }: Running) =>
  selectClocks({ dueAt: dueAt ?? null, assessed: { ...base, ...assessed } });

describe('the clocks of a case, the nearest first', () => {
  test.each<[string, Running, readonly (readonly [ClockId, string])[]]>([
    ['none, when all is decided', {}, []],
    ['the disposition alone', { dueAt: '2026-11-19T10:00:00.000Z' }, [['disposition', '2026-11-19T10:00:00.000Z']]],
    [
      'a referral that is owed hides no nearer disposition',
      { dueAt: '2026-11-19T10:00:00.000Z', iopcDueAt: friday },
      [
        ['disposition', '2026-11-19T10:00:00.000Z'],
        ['iopc', friday],
      ],
    ],
    [
      'and no later disposition hides it',
      { dueAt: '2026-11-21T10:00:00.000Z', iopcDueAt: friday },
      [
        ['iopc', friday],
        ['disposition', '2026-11-21T10:00:00.000Z'],
      ],
    ],
    [
      'of two that end together, the law’s',
      { dueAt: friday, iopcDueAt: friday, suspension: { decisionDueAt: friday, reviewOn: null } },
      [
        ['iopc', friday],
        ['suspension', friday],
        ['disposition', friday],
      ],
    ],
    [
      'a day ends with it in London, in winter and in summer',
      {
        reviewOn: '2026-11-20',
        keptUntil: '2027-07-01',
        suspension: { decisionDueAt: null, reviewOn: '2026-12-24' },
      },
      [
        ['review', friday],
        ['suspensionReview', '2026-12-24T23:59:59.999Z'],
        ['notification', '2027-07-01T22:59:59.999Z'],
      ],
    ],
    [
      'a year of five digits comes last',
      { iopcDueAt: '+010000-01-01T23:59:59.999Z', dueAt: friday },
      [
        ['disposition', friday],
        ['iopc', '+010000-01-01T23:59:59.999Z'],
      ],
    ],
  ])('%s', (_, running, expected) => {
    expect(clocksOf(running).map(({ id, due }) => [id, new Date(due).toISOString()])).toEqual(expected);
  });

  test('before anything is assessed', () => {
    const summary = summarise(fold());
    expect(selectClocks(summary)).toEqual([{ id: 'disposition', due: Date.parse(summary.dueAt as string), day: null }]);
  });

  test('what is recorded of notice and suspension has its clock in the summary', () => {
    const kept = step('notification.set', { doNotNotify: true, reviewOn: '2026-12-01', why: 'It would warn them.' });
    const put = step('suspension.put', {
      ...{ subject: 'officer', behaviourOn: '2026-11-01', allegedOn: '2026-11-18' },
      ...{ listedAt: '2026-11-18T09:00:00.000Z', putAt: '2026-11-20T09:00:00.000Z', putTo: 'DCC Marsh' },
      ...{ why: 'As it stands.', decision: null },
    });
    expect(summarise(fold(met(), kept, put)).assessed).toMatchObject({
      keptUntil: '2026-12-01',
      suspension: { decisionDueAt: '2026-11-23T23:59:59.999Z', reviewOn: null },
    });
    expect(summarise(fold(met())).assessed).toMatchObject({ keptUntil: null, suspension: null });
  });
});

describe('how much each warns', () => {
  const [iopc, suspension, disposition, review] = clocksOf({
    iopcDueAt: friday,
    suspension: { decisionDueAt: friday, reviewOn: null },
    dueAt: friday,
    reviewOn: '2026-11-20',
  });
  test.each([
    ['2026-11-19T09:00:00.000Z', 'amber', 'plain', 'plain', 'plain'],
    ['2026-11-20T00:00:00.000Z', 'red', 'plain', 'plain', 'amber'],
    ['2026-11-20T20:00:00.000Z', 'red', 'amber', 'amber', 'amber'],
    ['2026-11-21T00:00:00.000Z', 'red', 'red', 'red', 'amber'],
  ])('%s', (now, ...expected) => {
    const tones = [iopc, suspension, disposition, review].map((clock) => clock && toneOfClock(clock, Date.parse(now)));
    expect(tones).toEqual(expected);
  });
});
