import { describe, expect, test } from 'vitest';
import { defaultReviewOn, isReviewDue, reviewMonths } from '#shared/domain/disposition/review-date.ts';
import { periods } from '#shared/domain/policy/periods.ts';
import { defaultPolicy } from '#shared/domain/policy/policy.ts';
import { type Priority, priorities } from '#shared/domain/priority/priorities.ts';
import { changedPolicy } from '#shared/domain/unit/unit-record.ts';

const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);

describe('when what was recorded for intelligence is reviewed (local policy)', () => {
  test.each<[Priority, number, string, string]>([
    ['immediate', 3, '2026-11-21', '2027-02-21'],
    ['high', 3, '2026-11-30', '2027-02-28'],
    ['raised', 6, '2026-08-31', '2027-02-28'],
    ['raised', 6, '2027-08-31', '2028-02-29'],
    ['standard', 12, '2026-11-21', '2027-11-21'],
    ['standard', 12, '2028-02-29', '2029-02-28'],
    ['standard', 12, '2026-12-31', '2027-12-31'],
  ])('%s: %i months from %s is %s', (priority, months, from, to) => {
    expect(reviewMonths(priority, defaultPolicy)).toBe(months);
    expect(defaultReviewOn(priority, noon(from), defaultPolicy)).toBe(to);
  });

  const ids = Object.keys(priorities) as Priority[];

  test('every period says that nobody verified it', () => {
    for (const id of ids) {
      const { standing, source } = periods[`review.${id}`];
      expect([standing, source]).toEqual(['unsure', expect.stringContaining('Local policy')]);
    }
  });

  test('what is more urgent is never reviewed later', () => {
    const months = ids.map((id) => reviewMonths(id, defaultPolicy));
    expect(months).toEqual(months.toSorted((one, other) => one - other));
  });

  test('by the policy of the unit, where that sets another period', () => {
    const policy = changedPolicy(defaultPolicy, { periods: { 'review.high': 2 } });
    expect(defaultReviewOn('high', noon('2026-11-21'), policy)).toBe('2027-01-21');
    expect(defaultReviewOn('raised', noon('2026-11-21'), policy)).toBe('2027-05-21');
  });

  test('counts from the day in London, where it is a new day an hour before UTC in summer', () => {
    expect(defaultReviewOn('standard', Date.parse('2026-06-30T23:30:00Z'), defaultPolicy)).toBe('2027-07-01');
    expect(defaultReviewOn('standard', Date.parse('2026-12-31T23:30:00Z'), defaultPolicy)).toBe('2027-12-31');
  });

  test.each([
    ['2027-03-12', '2027-03-11T23:59:59.999Z', false],
    ['2027-03-12', '2027-03-12T00:00:00.000Z', true],
    ['2027-07-12', '2027-07-11T22:59:59.999Z', false],
    ['2027-07-12', '2027-07-11T23:00:00.000Z', true],
    ['2027-03-12', '2028-01-01T09:00:00.000Z', true],
  ])('a review on %s is due at %s: %s', (reviewOn, at, due) => {
    expect(isReviewDue(reviewOn, Date.parse(at))).toBe(due);
  });
});
