/** Days as Britain writes them: the one place where a day is read from text. No time zone comes near it. */
import { oneDay } from './durations.ts';

/** Days since 1970; null where the calendar has no such day. A year means what it says, also one before 100. */
export function calendarDay(year: number, month: number, day: number): number | null {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  // The calendar rolls over what it does not have: 31/02 would come back as 03/03.
  const same = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return same ? at.getTime() / oneDay : null;
}

const mark = String.raw`\s*[/.-]\s*`;
/** Day, month, year, in that order only. */
const numbers = (between: string, year: string): string =>
  String.raw`(?<day>\d{1,2})(?:${between})(?<month>\d{1,2})(?:${between})(?<year>${year})`;
const digitsAlone = String.raw`(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})`;
const beginning = new RegExp(
  String.raw`^(?:${numbers(`${mark}|\\s+`, String.raw`\d{4}|\d{2}`)}(?![^\s,])|${digitsAlone})`,
);

export interface BegunDay {
  readonly year: number;
  /** Whether the year was written with four digits. */
  readonly hasWholeYear: boolean;
  readonly month: number;
  readonly day: number;
  /** What stands behind it. */
  readonly rest: string;
}

/** The day that a text begins with, whether the calendar has it or not: "21/11/2026", or in digits alone. Null when there is none. */
export function readDay(text: string): BegunDay | null {
  const found = beginning.exec(text);
  const { year = '', month = '', day = '' } = found?.groups ?? {};
  if (!found) return null;
  const numbers = { year: Number(year), month: Number(month), day: Number(day) };
  return { ...numbers, hasWholeYear: year.length === 4, rest: text.slice(found[0].length) };
}

const months = [
  ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?', 'july?', 'aug(?:ust)?'],
  ...['sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
].map((name) => new RegExp(`^${name}$`));
const worded = /\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\b\.?(?:,? (\d{4})\b)?/g;
const numbered = new RegExp(String.raw`\b${numbers(mark, String.raw`\d{4}|\d{2}`)}\b`);
const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/;

/**
 * The day that running text names, in days since 1970; null when it names none that the calendar has. A year of two digits is
 * the last such year that is not after the report's; a day without a year, the last such day that is not after the report.
 * @param reported day of the report, in days since 1970
 */
export function findDay(written: string, reported: number): number | null {
  const text = written.toLowerCase();
  const dated = iso.exec(text);
  if (dated) return calendarDay(Number(dated[1]), Number(dated[2]), Number(dated[3]));
  const reportYear = new Date(reported * oneDay).getUTCFullYear();
  const { year, month, day } = numbered.exec(text)?.groups ?? {};
  if (year) return calendarDay(wholeYear(year, reportYear), Number(month), Number(day));
  for (const [, date, name = '', its] of text.matchAll(worded)) {
    const at = months.findIndex((each) => each.test(name)) + 1;
    if (at > 0)
      return its ? calendarDay(Number(its), at, Number(date)) : lastSuch(at, Number(date), reported, reportYear);
  }
  return null;
}

function wholeYear(written: string, reportYear: number): number {
  if (written.length === 4) return Number(written);
  const year = reportYear - (reportYear % 100) + Number(written);
  return year > reportYear ? year - 100 : year;
}

/** Between two days of 29 February there are eight years at most. */
function lastSuch(month: number, day: number, reported: number, reportYear: number): number | null {
  for (let year = reportYear; year >= reportYear - 8; year -= 1) {
    const found = calendarDay(year, month, day);
    if (found !== null && found <= reported) return found;
  }
  return null;
}
