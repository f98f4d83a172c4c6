import { oneDay, oneHour, oneMinute, oneSecond } from './durations.ts';

export const londonZone = 'Europe/London';

/**
 * Days as the law counts them in England and Wales, right across the changes of the clocks. From the platform's own
 * time-zone data: `Temporal` is not in every runtime that folds the log.
 */
const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: londonZone,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/*
 * Every replica asks this when it applies a late referral. Two would disagree only if one had time-zone data from before
 * a change of the law and the case fell after it: then the entry stays, and the reason is asked of it or not.
 */

function readWallClock(at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of london.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Of days of UTC since 1970, by their number: how far London's clocks are ahead all day, or null where they change. Milliseconds. */
const aheadOn = new Map<number, number | null>();

/** London never changed its clocks twice in a day. */
function readAhead(day: number): number | null {
  const [first, last] = [day * oneDay, (day + 1) * oneDay - oneSecond];
  const ahead = readWallClock(first) - first;
  return readWallClock(last) - last === ahead ? ahead : null;
}

function aheadAllDay(day: number): number | null {
  const known = aheadOn.get(day);
  if (known !== undefined) return known;
  const ahead = readAhead(day);
  aheadOn.set(day, ahead);
  return ahead;
}

/** The last day of which JavaScript knows every second. */
const lastDay = 8.64e15 / oneDay - 1;

/**
 * What a clock on a London wall shows, as if it were UTC. Milliseconds since the epoch; the fraction of a second is cut. The
 * platform is asked once for each day, because it is slow to answer, and a queue asks several times for each row.
 */
export function londonWallClock(at: number): number {
  const day = Math.floor(at / oneDay);
  const ahead = day >= 0 && day <= lastDay ? aheadAllDay(day) : null;
  return ahead === null ? readWallClock(at) : Math.floor(at / oneSecond) * oneSecond + ahead;
}

/**
 * When London's clocks show this: at one instant mostly, in the order of time. In the hour that comes again in autumn at two;
 * in the one that spring leaves out, at none. London was ahead of UTC by two hours at most.
 * @param wall what they show, as if it were UTC, in whole seconds
 */
export const londonInstants = (wall: number): readonly number[] =>
  [2, 1, 0].map((hours) => wall - hours * oneHour).filter((at) => londonWallClock(at) === wall);

/** By how many hours London's clocks are ahead of UTC; two in the summers of the war and after it. */
const zoneNames = ['GMT', 'BST', 'BDST'] as const;
export type LondonZone = (typeof zoneNames)[number];

/** What London calls its time at an instant, in whole minutes. */
export const londonZoneAt = (at: number): LondonZone => {
  const minute = Math.floor(at / oneMinute) * oneMinute;
  return zoneNames[Math.round((londonWallClock(minute) - minute) / oneHour)] ?? 'GMT';
};

/** The same, where what London's clocks show does not say it: in the hour that comes again in autumn. */
export const doubtfulZoneAt = (at: number): LondonZone | null =>
  londonInstants(londonWallClock(at)).length > 1 ? londonZoneAt(at) : null;

/** Number of the calendar day in London, counted from 1 January 1970. */
export const londonDay = (at: number): number => Math.floor(londonWallClock(at) / oneDay);

/** When a London day begins. Midnight is never skipped or doubled there: the clocks change at 01:00 UTC. */
function startOfLondonDay(day: number): number {
  const asIfUtc = day * oneDay;
  const offset = londonWallClock(asIfUtc) - asIfUtc;
  const start = asIfUtc - offset;
  // The offset at midnight UTC need not be that of midnight in London: look once more from there.
  return asIfUtc - (londonWallClock(start) - start);
}

/** The last millisecond of a London day. */
export const endOfLondonDay = (day: number): number => startOfLondonDay(day + 1) - 1;

/** In London: where the hour would say more than it may. */
export function partOfLondonDay(at: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  const hour = new Date(londonWallClock(at)).getUTCHours();
  if (hour < 6) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** `2026-11-21` as the number of a day, and back. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / oneDay;
export const dateOfDay = (day: number): string => new Date(day * oneDay).toISOString().slice(0, 10);

/** The calendar day in London at an ISO instant: `2026-11-21`. */
export const londonDate = (at: string): string => dateOfDay(londonDay(Date.parse(at)));
