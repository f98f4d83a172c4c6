import { dateOfDay, londonDay } from '#shared/kernel/london-time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Priority } from '../priority/priorities.ts';

/** The same day of a later month, or that month's last: six months from 31 August is 28 February. */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The calendar day in London. @param now milliseconds since the epoch */
export const londonToday = (now: number): string => dateOfDay(londonDay(now));

/**
 * When what was recorded for intelligence is looked at again, by its priority: what could do more harm, sooner. Only a
 * default, which the person who records may change. In months, by the unit's policy.
 */
export const reviewMonths = (priority: Priority, { periods }: Policy): number => periods[`review.${priority}`];

/** When a case of this priority is reviewed unless somebody says otherwise: a calendar day. */
export const defaultReviewOn = (priority: Priority, now: number, policy: Policy): string =>
  addMonths(londonToday(now), reviewMonths(priority, policy));

/** From the first minute of that day in London. */
export const isReviewDue = (reviewOn: string, now: number): boolean => reviewOn <= londonToday(now);
