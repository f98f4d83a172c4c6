import { reviewDays } from '#shared/domain/case/case-clocks.ts';
import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { DueChoice } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { dateOfDay, endOfLondonDay, londonDay } from '#shared/kernel/london-time.ts';

/** After every ISO instant: what has no deadline comes last. */
const never = '9999';

/** What is due is a matter of the day: for order and filters of 50,000 cases it is asked once. */
export interface QueueDay {
  /** Calendar day in London. */
  readonly today: string;
  /** ISO instant at which the next one begins. */
  readonly tomorrow: string;
  /** Cases recorded for intelligence that come back, because their subject appears again. */
  readonly appearsAgain: { has(id: StreamId): boolean };
}

/** @param now milliseconds since the epoch */
export function queueDay(now: number, appearsAgain: QueueDay['appearsAgain']): QueueDay {
  const day = londonDay(now);
  return { today: dateOfDay(day), tomorrow: new Date(endOfLondonDay(day) + 1).toISOString(), appearsAgain };
}

/** After the year 9999 an instant is written with a sign, which as text stands before every other. */
const inOrder = (dueAt: string | null | undefined): string => (!dueAt || dueAt.startsWith('+') ? never : dueAt);

/** The first clock that runs to an hour. No day is turned into an instant here. */
function firstClock({ dueAt, assessed }: CaseSummary): string {
  if (!assessed) return inOrder(dueAt);
  const clocks = [dueAt, assessed.iopcDueAt, assessed.suspension?.decisionDueAt].map(inOrder);
  return clocks.sort()[0] ?? never;
}

const isForReview = (summary: CaseSummary, { today, appearsAgain }: QueueDay): boolean =>
  appearsAgain.has(summary.id) || reviewDays(summary).some((day) => day <= today);

/**
 * Whichever runs out first. What comes back to be looked at (a review, a subject that appears again) is for today, however
 * long it has waited: after every clock that has run out or does today, because nobody is at risk by it, and before all others.
 */
export function urgencyOf(summary: CaseSummary, day: QueueDay): string {
  const clock = firstClock(summary);
  return clock > day.tomorrow && isForReview(summary, day) ? day.tomorrow : clock;
}

/** What of the choices of that filter a case is. */
export function selectDue(summary: CaseSummary, day: QueueDay): readonly DueChoice[] {
  const forReview = isForReview(summary, day);
  const due: DueChoice[] = [];
  if (forReview || firstClock(summary) < day.tomorrow) due.push('today');
  if (summary.assessed?.iopcDueAt) due.push('iopc');
  if (forReview) due.push('review');
  return due;
}
