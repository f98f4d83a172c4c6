import { oneDay } from '#shared/kernel/durations.ts';
import { dateOfDay, dayNumber } from '#shared/kernel/london-time.ts';
import { type TypedKind, toLondonDay, type Unread, writeTyped } from './london-input.ts';

export interface Bounds {
  readonly kind: TypedKind;
  /** Days: `2026-11-21`. */
  readonly max?: string | undefined;
  readonly min?: string | undefined;
}

/** Of a day that is to come: far enough not to pass while a form is open. */
const ahead = 28;

/** A date that would be taken: what has happened did so yesterday, and a day that must lie ahead does. */
export function exampleOf({ kind, min, max }: Bounds, now: number): string {
  if (kind === 'instant') return writeTyped(`${toLondonDay(now - oneDay)}T09:12`, kind);
  const today = toLondonDay(now);
  const day = min && min >= today ? dateOfDay(dayNumber(min) + ahead) : today;
  return writeTyped(max && day > max ? max : day, kind);
}

const months = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long' });
const monthName = (month: number): string => months.format(Date.UTC(2026, month - 1, 1));

/** Why it is not taken, and what would be. */
export function sayUnread(unread: Unread, kind: TypedKind, example: string): string {
  switch (unread.why) {
    case 'notWhole':
      return kind === 'day'
        ? `This is not a whole date. Write day, month and year: ${example}.`
        : `This is not a whole date and time. Write day, month, year and time: ${example}.`;
    case 'shortYear':
      return `Write the year in full, with four digits: ${example}.`;
    case 'farYear':
      return 'Write a year from 1900 to 2099.';
    case 'noMonth':
      return `There is no month ${unread.month}. The day comes first: ${example}.`;
    case 'noDay':
      return `${monthName(unread.month)} ${unread.year} has no day ${unread.day}.`;
    case 'noTime':
      return 'There is no such time. Write it from 00:00 to 23:59.';
    case 'skipped':
      return 'There was no such time that day: the clocks went forward over it.';
    case 'twice':
      return 'This time came twice that day, as the clocks went back. Write BST after it for the first, GMT for the second.';
    case 'otherZone':
      return 'The clocks did not show that then. Leave out BST or GMT.';
  }
}

/** Where it is a date, and not one that may be given here. */
export function sayOutside(value: string, { kind, min, max }: Bounds): string | null {
  if (value && min && value < min) return `This is too early: not before ${writeTyped(min, kind)}.`;
  return value && max && value > max ? `This is too late: not after ${writeTyped(max, kind)}.` : null;
}
