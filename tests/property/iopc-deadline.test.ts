import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iopcDueAt } from '#shared/domain/iopc/iopc-clock.ts';
import { dateOfDay, dayNumber, endOfLondonDay, londonDate } from '#shared/kernel/london-time.ts';
import { patience, sample } from '#tests/support/effort.ts';

/*
 * End of the calendar day after it became clear, Europe/London (SI 2020/2 reg 4, reg 7), against the platform's own
 * time-zone data, asked in another way than the code asks it.
 */
const inLondon = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const wall = (at: number): string => inLondon.format(at);
const nextDate = (date: string): string =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)) + 1))
    .toISOString()
    .slice(0, 10);

const [from, to] = [Date.UTC(2020, 0, 1), Date.UTC(2036, 0, 1)];
const hour = 3_600_000;

/** Hours that the London wall clock is ahead of UTC. */
const offset = (at: number): number => (24 + Number(wall(at).slice(11, 13)) - new Date(at).getUTCHours()) % 24;

function check(becameClear: number): string | null {
  const due = iopcDueAt(becameClear);
  const lastDay = nextDate(wall(becameClear).slice(0, 10));
  if (wall(due) !== `${lastDay} 23:59:59`) return `${new Date(becameClear).toISOString()}: due ${wall(due)}`;
  if (wall(due + 1) !== `${nextDate(lastDay)} 00:00:00`)
    return `${new Date(due).toISOString()} is not the last of its day`;
  const allowed = due - becameClear;
  return allowed >= 23 * hour && allowed < 49 * hour ? null : `${allowed} ms allowed`;
}

test('any instant of 2020 to 2035, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: from, max: to - 1 }), (at) => check(at) === null),
    sample(20_000),
  );
});

test('every hour of 2020 to 2035, and the milliseconds around it in the nights on which the clocks change', {
  timeout: patience(120_000),
}, () => {
  const wrong: string[] = [];
  let clockChanges = 0;
  for (let at = from; at < to; at += hour) {
    const changes = offset(at) !== offset(at + hour);
    clockChanges += changes ? 1 : 0;
    for (const near of changes ? [at - 1, at, at + 1, at + hour - 1, at + hour + 1] : [at]) {
      const fault = check(near);
      if (fault) wrong.push(fault);
    }
  }
  expect([wrong, clockChanges]).toEqual([[], 32]);
});

test('never earlier for what became clear later', () => {
  const instant = fc.integer({ min: from, max: to - 1 });
  fc.assert(
    fc.property(instant, instant, (one, other) => iopcDueAt(Math.min(one, other)) <= iopcDueAt(Math.max(one, other))),
    sample(100),
  );
});

test('days and dates turn into each other, and a day ends on its own date', () => {
  fc.assert(
    fc.property(fc.integer({ min: from, max: to - 1 }), (at) => {
      const date = londonDate(new Date(at).toISOString());
      expect(date).toBe(wall(at).slice(0, 10));
      expect(dateOfDay(dayNumber(date))).toBe(date);
      expect(wall(endOfLondonDay(dayNumber(date)))).toBe(`${date} 23:59:59`);
    }),
    sample(100),
  );
});
