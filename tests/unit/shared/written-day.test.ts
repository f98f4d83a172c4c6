import { expect, it } from 'vitest';
import { dateOfDay, dayNumber } from '#shared/kernel/london-time.ts';
import { calendarDay, findDay } from '#shared/kernel/written-day.ts';

const reported = dayNumber('2026-11-20');

it.each<[written: string, day: string | null]>([
  ['03/03/2026', '2026-03-03'],
  ['3rd of March 2026', '2026-03-03'],
  ['3 March, 2026', '2026-03-03'],
  ['Tues 3 Mar. 2026 at night', '2026-03-03'],
  ['2026-03-03', '2026-03-03'],
  ['3.3.2026', '2026-03-03'],
  // Four digits mean what they say.
  ['03/03/1998', '1998-03-03'],
  ['03/03/2031', '2031-03-03'],
  ['3 March 1898', '1898-03-03'],
  // Two are of no later year than the report.
  ['03/03/98', '1998-03-03'],
  ['03/03/26', '2026-03-03'],
  ['03/03/27', '1927-03-03'],
  ['03/03/00', '2000-03-03'],
  // None: the last such day.
  ['20 November', '2026-11-20'],
  ['21 November', '2025-11-21'],
  ['29 February', '2024-02-29'],
  // No day of the calendar, or none that is meant.
  ['31/02/2026', null],
  ['31 February', null],
  ['30 Feb 2026', null],
  ['2026-02-30', null],
  ['29/02/2025', null],
  ['13/13/2026', null],
  ['0/1/2026', null],
  ['early March 2026', null],
  ['3 marbles, 4 decoys', null],
  ['last week', null],
  ['9 people on 3 March 2026', '2026-03-03'],
])('"%s" is %s', (written, day) => {
  const found = findDay(written, reported);
  expect(found === null ? null : dateOfDay(found)).toBe(day);
});

it('a year before 100 is that year', () => {
  expect(calendarDay(26, 11, 21)).toBe(Date.parse('0026-11-21T00:00:00Z') / 86_400_000);
});
