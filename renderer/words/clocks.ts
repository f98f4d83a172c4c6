import type { CaseClock, ClockId } from '#shared/domain/case/case-clocks.ts';
import { isReviewDue } from '#shared/domain/disposition/review-date.ts';
import { toneOf } from '#shared/domain/iopc/iopc-clock.ts';
import { clockTones, toneOfDecision, type Warning } from './tones.ts';

export const clockNames: Readonly<Record<ClockId, string>> = {
  disposition: 'Disposition',
  iopc: 'IOPC',
  suspension: 'Suspension',
  suspensionReview: 'Suspension review',
  notification: 'Do not notify',
  review: 'Review',
};

/** What is looked at again is never red: nobody is at risk by it. */
export function toneOfClock({ id, due, day }: CaseClock, now: number): Warning {
  if (id === 'iopc') return clockTones[toneOf(due, now).tone];
  if (day) return isReviewDue(day, now) ? 'amber' : 'plain';
  return toneOfDecision(due, now);
}
