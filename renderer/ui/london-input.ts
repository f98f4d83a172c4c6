import { oneHour } from '#shared/kernel/durations.ts';
import { londonWallClock } from '#shared/kernel/london-time.ts';

/** "2026-11-21T09:12": what a date-and-time field takes, as London's clocks show it. */
export const toLondonInput = (at: number): string => new Date(londonWallClock(at)).toISOString().slice(0, 16);

/** "2026-11-21". */
export const toLondonDay = (at: number): string => toLondonInput(at).slice(0, 10);

/**
 * The instant at which London's clocks show what the field holds; empty when it holds none. Of an hour that comes twice
 * in autumn, the first: the one with the earlier deadline. An hour that spring leaves out gives the one after it.
 */
export function fromLondonInput(text: string): string {
  const asIfUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asIfUtc)) return '';
  const candidates = [asIfUtc - oneHour, asIfUtc].filter((at) => londonWallClock(at) === asIfUtc);
  return new Date(candidates[0] ?? asIfUtc).toISOString();
}

export type TypedKind = 'day' | 'instant';
export const exampleOf: Readonly<Record<TypedKind, string>> = { day: '21/11/2026', instant: '21/11/2026 09:12' };

const between = String.raw`(?:\s*[/.-]\s*|\s+)`;
/** Day, month, year, in that order only; the year in full, so that no century is guessed. */
const typedDay = String.raw`(?<day>\d{1,2})${between}(?<month>\d{1,2})${between}(?<year>\d{4})`;
const digitsOfDay = String.raw`(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})`;
const typedTime = String.raw`(?<hour>\d{1,2})[:.](?<minute>\d{2})|(?<hour>\d{2})(?<minute>\d{2})`;
const forms: Readonly<Record<TypedKind, RegExp>> = {
  day: new RegExp(`^(?:${typedDay}|${digitsOfDay})$`),
  instant: new RegExp(String.raw`^(?:${typedDay}(?:\s*,\s*|\s+)|${digitsOfDay}(?:\s*,\s*|\s*))(?:${typedTime})$`),
};

/**
 * What somebody typed as Britain writes it, "21/11/2026 09:12" or in digits alone, as `2026-11-21T09:12`. Null when it is
 * not a whole date of the calendar, of the twentieth century or the twenty-first. Text only: no time zone comes near it.
 */
export function parseTyped(text: string, kind: TypedKind): string | null {
  const found = forms[kind].exec(text.trim())?.groups;
  if (!found) return null;
  const { year = '', month = '', day = '', hour = '0', minute = '0' } = found;
  const [yyyy, mm, dd, hh, min] = [Number(year), Number(month), Number(day), Number(hour), Number(minute)];
  if (yyyy < 1900 || yyyy > 2099 || hh > 23 || min > 59) return null;
  // The calendar rolls over what it does not have: 31/02 would come back as 03/03.
  const at = new Date(Date.UTC(yyyy, mm - 1, dd, hh, min));
  if (at.getUTCMonth() !== mm - 1 || at.getUTCDate() !== dd) return null;
  return at.toISOString().slice(0, kind === 'day' ? 10 : 16);
}

/** `2026-11-21T09:12` as "21/11/2026 09:12". Empty for what is not of that form, as in a draft of another version. */
export function writeTyped(value: string, kind: TypedKind): string {
  const [date = '', time = ''] = value.split('T');
  const text = [date.split('-').reverse().join('/'), time].join(' ').trim();
  return parseTyped(text, kind) === value ? text : '';
}
