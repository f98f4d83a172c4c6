import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLondonInput, readTyped, toLondonInput, writeTyped } from '#renderer/ui/london-input.ts';
import { oneDay, oneHour, oneMinute } from '#shared/kernel/durations.ts';
import { dateOfDay, dayNumber, londonInstants, londonWallClock } from '#shared/kernel/london-time.ts';
import { calendarDay, findDay } from '#shared/kernel/written-day.ts';
import { sample } from '#tests/support/effort.ts';

const [first, last] = [dayNumber('1990-01-01'), dayNumber('2040-12-31')];
const everyDay = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const long = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

describe('every day from 1990 to 2040', () => {
  it('is read in each form as what it says, by a form as in running text', () => {
    for (const day of everyDay) {
      const iso = dateOfDay(day);
      const [yyyy = '', mm = '', dd = ''] = iso.split('-');
      expect(readTyped(`${dd}/${mm}/${yyyy}`, 'day')).toBe(iso);
      expect(readTyped(`${Number(dd)}.${Number(mm)}.${yyyy}`, 'day')).toBe(iso);
      expect(readTyped(`${dd}${mm}${yyyy}`, 'day')).toBe(iso);
      expect(writeTyped(iso, 'day')).toBe(`${dd}/${mm}/${yyyy}`);
      // Whenever it was reported: four digits mean what they say.
      for (const text of [`${dd}/${mm}/${yyyy}`, `on ${dd}-${mm}-${yyyy}, at night`, iso, long.format(day * oneDay)]) {
        expect([text, findDay(text, first)]).toEqual([text, day]);
      }
    }
  });

  it('is found without its year in a report of the year after it, and of that very day', () => {
    for (const day of everyDay) {
      const text = short.format(day * oneDay);
      expect([text, findDay(text, day)]).toEqual([text, day]);
      const later = findDay(text, day + 100) ?? 0;
      expect([text, later]).toEqual([text, day]);
    }
  });

  it('with two digits for its year is of no year after the report’s', () => {
    for (const day of everyDay) {
      const [yyyy = '', mm, dd] = dateOfDay(day).split('-');
      const reported = dayNumber(`${yyyy}-12-31`);
      expect(findDay(`${dd}/${mm}/${yyyy.slice(2)}`, reported)).toBe(day);
      const before = findDay(`${dd}/${mm}/${yyyy.slice(2)}`, dayNumber(`${Number(yyyy) - 1}-12-31`));
      // A century ago, where that century has the day.
      expect(before).toBe(calendarDay(Number(yyyy) - 100, Number(mm), Number(dd)));
    }
  });
});

it('there is no other day: 31/02 and its like are refused everywhere', () => {
  for (let year = 1990; year <= 2040; year += 1) {
    for (let month = 0; month <= 13; month += 1) {
      const most = month >= 1 && month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0;
      for (let day = most + 1; day <= 32; day += 1) {
        const text = `${day}/${month}/${year}`;
        expect(readTyped(text, 'day')).toHaveProperty('why');
        expect(findDay(text, last)).toBeNull();
      }
    }
  }
});

/** Minutes around each change of London's clocks, and the changes themselves. */
function changes(): number[] {
  const found: number[] = [];
  for (const day of everyDay) {
    const offset = (at: number) => londonWallClock(at) - at;
    if (offset(day * oneDay) !== offset((day + 1) * oneDay)) found.push(day * oneDay + oneHour);
  }
  return found;
}

it('around both changes of each year every minute is written and read as itself', () => {
  const all = changes();
  expect(all).toHaveLength(2 * 51);
  for (const change of all) {
    for (let at = change - 130 * oneMinute; at < change + 130 * oneMinute; at += 10 * oneMinute) {
      const value = toLondonInput(at);
      expect(fromLondonInput(value)).toBe(new Date(at).toISOString());
      expect(readTyped(writeTyped(value, 'instant'), 'instant')).toBe(value);
    }
    const spring = londonWallClock(change) !== change;
    // In spring the hour from 01:00 is missing, in autumn it comes twice.
    const within = change + 30 * oneMinute;
    expect(londonInstants(within)).toHaveLength(spring ? 0 : 2);
    const text = writeTyped(dateOfDay(Math.floor(within / oneDay)), 'day');
    expect(readTyped(`${text} 01:30`, 'instant')).toEqual({ why: spring ? 'skipped' : 'twice' });
    expect(typeof readTyped(`${text} 01:30 BST`, 'instant')).toBe(spring ? 'object' : 'string');
    expect(typeof readTyped(`${text} 02:00`, 'instant')).toBe('string');
    expect(typeof readTyped(`${text} 00:59`, 'instant')).toBe('string');
  }
});

it('any minute is written and read as itself, and in the order of time', () => {
  const minute = fc.integer({ min: (first * oneDay) / oneMinute, max: (last * oneDay) / oneMinute });
  fc.assert(
    fc.property(minute, (minutes) => {
      const at = minutes * oneMinute;
      const value = toLondonInput(at + 59_999);
      expect(fromLondonInput(value)).toBe(new Date(at).toISOString());
      expect(readTyped(writeTyped(value, 'instant'), 'instant')).toBe(value);
    }),
    sample(2_000),
  );
});

it('whatever is typed is a value that is written as it was read, or is refused', () => {
  const parts = fc.constantFrom(
    '1',
    '31',
    '02',
    '/',
    '.',
    ' ',
    '2026',
    '26',
    ':',
    ',',
    'BST',
    'GMT',
    '00',
    '29',
    '10',
    '03',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(parts, { maxLength: 12 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('day' as const, 'instant' as const), (typed, kind) => {
      const read = readTyped(typed, kind);
      if (typeof read === 'string') expect(readTyped(writeTyped(read, kind), kind)).toBe(read);
      else expect(read.why).toBeTruthy();
      findDay(typed, last);
    }),
    sample(2_000),
  );
});
