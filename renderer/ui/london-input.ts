import { oneDay, oneHour, oneMinute } from '#shared/kernel/durations.ts';
import {
  dateOfDay,
  doubtfulZoneAt,
  londonInstants,
  londonWallClock,
  londonZoneAt,
} from '#shared/kernel/london-time.ts';
import { calendarDay, readDay } from '#shared/kernel/written-day.ts';

export type TypedKind = 'day' | 'instant';

/**
 * "2026-11-21T09:12": what a date-and-time field takes, as London's clocks show it. Where they show a time twice, in the
 * hour that comes again in autumn, with which it is: "2026-10-25T01:30 BST", then "2026-10-25T01:30 GMT".
 */
export function toLondonInput(at: number): string {
  const shown = new Date(londonWallClock(at)).toISOString().slice(0, 16);
  return [shown, doubtfulZoneAt(at)].filter(Boolean).join(' ');
}

/** "2026-11-21". */
export const toLondonDay = (at: number): string => toLondonInput(at).slice(0, 10);

/**
 * The instant at which London's clocks show what the field holds; empty where it is. What is no whole date and time stays as it
 * is: it is no instant, so it is refused wherever one is asked for, and never taken for "not said".
 */
export function fromLondonInput(text: string): string {
  const at = londonInstantIn(text);
  return at === null ? text.trim() : new Date(at).toISOString();
}

/** Milliseconds since the epoch; null while it is no whole date and time. */
export function londonInstantIn(text: string): number | null {
  if (!isWhole(text, 'instant')) return null;
  const [wallText = '', zone] = text.split(' ');
  const wall = Date.parse(`${wallText}Z`);
  return londonInstants(wall).find((each) => zone === undefined || londonZoneAt(each) === zone) ?? null;
}

/** Why what was typed is no date, or no date and time. */
export type Unread =
  | { readonly why: 'notWhole' | 'shortYear' | 'farYear' | 'noTime' | 'skipped' | 'twice' | 'otherZone' }
  | { readonly why: 'noMonth' | 'noDay'; readonly month: number; readonly day: number; readonly year: number };

const typedTime =
  /^(?:\s*,\s*|\s*)(?:(?<hour>\d{1,2})[:.](?<minute>\d{2})|(?<hour>\d{2})(?<minute>\d{2}))(?:\s*(?<zone>GMT|BST|BDST))?$/i;

/**
 * What somebody typed as Britain writes it, "21/11/2026 09:12" or in digits alone, as a field holds it. The year in full, so
 * that no century is guessed, and one of the twentieth century or the twenty-first.
 */
export function readTyped(text: string, kind: TypedKind): string | Unread {
  const begun = readDay(text.trim());
  if (!begun || (kind === 'day' && begun.rest !== '')) return { why: 'notWhole' };
  const { year, month, day, hasWholeYear, rest } = begun;
  if (!hasWholeYear) return { why: 'shortYear' };
  if (year < 1900 || year > 2099) return { why: 'farYear' };
  const date = calendarDay(year, month, day);
  if (date === null) return { why: month < 1 || month > 12 ? 'noMonth' : 'noDay', year, month, day };
  return kind === 'day' ? dateOfDay(date) : readTime(date, rest);
}

/** @param date in days since 1970 */
function readTime(date: number, text: string): string | Unread {
  const found = typedTime.exec(text)?.groups;
  if (!found) return { why: 'notWhole' };
  const [hour, minute, zone] = [Number(found.hour), Number(found.minute), found.zone?.toUpperCase()];
  if (hour > 23 || minute > 59) return { why: 'noTime' };
  const wall = date * oneDay + hour * oneHour + minute * oneMinute;
  const instants = londonInstants(wall);
  if (instants.length === 0) return { why: 'skipped' };
  const at = zone === undefined ? instants[0] : instants.find((each) => londonZoneAt(each) === zone);
  if (at === undefined) return { why: 'otherZone' };
  return zone === undefined && instants.length > 1 ? { why: 'twice' } : toLondonInput(at);
}

/** `2026-11-21T09:12` as "21/11/2026 09:12". Empty for what is not of that form, as in a draft of another version. */
export function writeTyped(value: string, kind: TypedKind): string {
  const [date, time] = [value.slice(0, 10), value.slice(11)];
  const text = [date.split('-').reverse().join('/'), time].join(' ').trim();
  return readTyped(text, kind) === value ? text : '';
}

/** Whether a field holds all of a date, and not the beginning of one. */
export const isWhole = (value: string, kind: TypedKind): boolean => writeTyped(value, kind) !== '';
