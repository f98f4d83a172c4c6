import type { Random, Weighted } from './random.ts';

const hour = 3_600_000;
export const day = 24 * hour;
/** How far back the invented reports reach: about 18 months. */
const span = 548;

/** Calls and online forms by hour of the day (UTC): most in working hours and the evening, some in the night. */
const hours: Weighted<number> = [
  [0, 2],
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 1],
  [5, 1],
  [6, 2],
  [7, 3],
  [8, 5],
  [9, 7],
  [10, 8],
  [11, 8],
  [12, 8],
  [13, 7],
  [14, 7],
  [15, 7],
  [16, 7],
  [17, 7],
  [18, 7],
  [19, 8],
  [20, 8],
  [21, 7],
  [22, 5],
  [23, 3],
];

/** When each report was recorded, oldest first, in milliseconds: none after `until`, and denser towards it. */
export function recordedTimes(random: Random, count: number, until: number): number[] {
  return Array.from({ length: count }, () => recordedTime(random, until)).sort((a, b) => a - b);
}

function recordedTime(random: Random, until: number): number {
  const age = span * (random.int(0, 999_999) / 1_000_000) ** 1.5;
  const date = Math.floor(until / day - age) * day;
  // People report at weekends too, only a little less.
  const weekend = [0, 6].includes(new Date(date).getUTCDay());
  const shifted = weekend && random.chance(0.25) ? date - 2 * day : date;
  const time = shifted + random.weighted(hours) * hour + random.int(0, 3599) * 1000;
  return time > until ? time - day : time;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** As written in the United Kingdom: 14 March 2026. Not by Intl, whose spelling changes between releases. */
export function britishDate(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function britishMonth(time: number): string {
  const date = new Date(time);
  return `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export const weekdayOf = (time: number): string => weekdays[new Date(time).getUTCDay()] ?? weekdays[0];

/** 24-hour clock: 21:40. */
export const clockTime = (time: number): string => new Date(time).toISOString().slice(11, 16);
