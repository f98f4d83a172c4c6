import fc from 'fast-check';
import { expect, test } from 'vitest';
import { londonWallClock } from '#shared/kernel/london-time.ts';
import { sample } from '#tests/support/effort.ts';

/* What the platform's own time-zone data say, asked in another way than the code asks it. */
const inLondon = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const wall = (at: number): number => Date.parse(`${inLondon.format(at).replace(' ', 'T')}Z`);

const hour = 3_600_000;
const [from, to] = [Date.UTC(1900, 0, 1), Date.UTC(2100, 0, 1)];

test('any instant of two centuries, to the millisecond, whichever of its day was asked before', () => {
  const instant = fc.integer({ min: from, max: to });
  fc.assert(
    fc.property(instant, fc.array(fc.integer({ min: 0, max: 24 * hour }), { maxLength: 4 }), (at, later) => {
      for (const each of [at, ...later.map((by) => at + by)]) expect(londonWallClock(each)).toBe(wall(each));
    }),
    sample(5_000),
  );
});

test('every hour of the days on which the clocks were changed, and were left changed for years', () => {
  for (const year of [1968, 1970, 1971, 1972, 1995, 2026, 2099]) {
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += hour) {
      if (wall(at) !== londonWallClock(at) || wall(at - 1) !== londonWallClock(at - 1)) {
        expect.fail(new Date(at).toISOString());
      }
    }
  }
});

test('beyond what is an instant, nothing', () => {
  expect(() => londonWallClock(8.64e15 + 1)).toThrow(RangeError);
  expect(() => londonWallClock(Number.NaN)).toThrow(RangeError);
});
