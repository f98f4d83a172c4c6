import { oneDay, oneHour, oneMinute } from '#shared/kernel/durations.ts';
import { doubtfulZoneAt, londonDay, londonZone, partOfLondonDay } from '#shared/kernel/london-time.ts';

/** Dates and times as Britain writes them, in Europe/London whatever the machine is set to. */
const zone = { timeZone: londonZone } as const;
const clock = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { ...zone, day: 'numeric', month: 'short' });
const year = new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric' });

/** "09:12"; with BST or GMT in the hour that comes twice in autumn. */
export function timeOfDay(at: number): string {
  const shown = clock.format(at);
  const zone = shown.startsWith('01:') ? doubtfulZoneAt(at) : null;
  return zone ? `${shown} ${zone}` : shown;
}

/** "Fri 21 Nov 2025, 09:12": for hovering, for print, and where the moment is evidence. */
export const absolute = (at: number): string =>
  `${weekday.format(at)} ${day.format(at)} ${year.format(at)}, ${timeOfDay(at)}`;

/** "Fri 21 Nov 2025", of a calendar day written `2025-11-21`. */
export function longDay(date: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  return `${weekday.format(noon)} ${day.format(noon)} ${year.format(noon)}`;
}

/** "21 Nov 2025", of a calendar day written `2025-11-21`. */
export function shortDay(date: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  return `${day.format(noon)} ${year.format(noon)}`;
}

/** "Sun 22 Nov, 23:59": a deadline of this year. */
const withinYear = (at: number): string => `${weekday.format(at)} ${day.format(at)}, ${timeOfDay(at)}`;

/** "Fri 21 Nov 2025, morning": where the hour would point to who reported. */
export const dayAndPart = (at: number): string =>
  `${weekday.format(at)} ${day.format(at)} ${year.format(at)}, ${partOfLondonDay(at)}`;

/** The same as short as it can be: "Today, morning", "Thu, morning" within six days, "21 Nov, morning" else, "21 Nov 2024" of another year. */
export function nearDayAndPart(at: number, now: number): string {
  const part = partOfLondonDay(at);
  if (londonDay(at) === londonDay(now)) return `Today, ${part}`;
  if (Math.abs(now - at) < 6 * oneDay) return `${weekday.format(at)}, ${part}`;
  return year.format(at) === year.format(now) ? `${day.format(at)}, ${part}` : `${day.format(at)} ${year.format(at)}`;
}

/** As short as it can be without doubt: "09:12" today, "Thu 09:12" within six days, "21 Nov, 09:12" else, with the year if not this one. */
export function near(at: number, now: number): string {
  if (londonDay(at) === londonDay(now)) return timeOfDay(at);
  if (Math.abs(now - at) < 6 * oneDay) return `${weekday.format(at)} ${timeOfDay(at)}`;
  if (year.format(at) === year.format(now)) return `${day.format(at)}, ${timeOfDay(at)}`;
  return `${day.format(at)} ${year.format(at)}`;
}

/** "40 min", "26 h", "3 d": hours to 48, then days. One unit, rounded down, so that a clock never promises more than there is. */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < oneMinute) return '1 min';
  if (length < oneHour) return `${Math.floor(length / oneMinute)} min`;
  if (length < 2 * oneDay) return `${Math.floor(length / oneHour)} h`;
  return `${Math.floor(length / oneDay)} d`;
}

/** What is left of a deadline, or by how much it has passed. */
export const countdown = (due: number, now: number): string =>
  due >= now ? `${span(due - now)} left` : `${span(now - due)} over`;

/** "Sun 22 Nov, 23:59 (26 h left)": deadlines show both. */
export const deadline = (due: number, now: number): string => `${withinYear(due)} (${countdown(due, now)})`;

/** "2 min ago"; "just now" within a minute. */
export const ago = (at: number, now: number): string => (now - at < oneMinute ? 'just now' : `${span(now - at)} ago`);
