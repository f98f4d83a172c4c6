import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfWorkingDays } from '#shared/domain/misconduct/suspension-clock.ts';
import { sample } from '#tests/support/effort.ts';

/* Against the platform's own names of days in London, asked in another way than the code asks. */
const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'short' });
const date = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short' });
const hour = 3_600_000;

/** Working days after that of `from`, up to and including that of `to`, counted by walking through each hour. */
function workingDaysBetween(from: number, to: number): number {
  const days = new Map<string, string>();
  for (let at = from; at < to + hour; at += hour)
    days.set(date.format(Math.min(at, to)), weekday.format(Math.min(at, to)));
  days.delete(date.format(from));
  return [...days.values()].filter((name) => name !== 'Sat' && name !== 'Sun').length;
}

test('so many working days lie between any instant and the end of the last, which is one itself', () => {
  const instant = fc.integer({ min: Date.UTC(2026, 6, 13), max: Date.UTC(2036, 0, 1) });
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 6 }), (from, count) => {
      const due = endOfWorkingDays(from, count);
      expect(workingDaysBetween(from, due)).toBe(count);
      expect(weekday.format(due)).not.toMatch(/^S/);
      expect(date.format(due + 1)).not.toBe(date.format(due));
    }),
    sample(300),
  );
});
