import { selectCurrent } from '../case/history.ts';
import { type Knew, knewAll } from '../case/signed.ts';
import type { AssessmentState } from './assessment-state.ts';
import { endOfLondonDay, londonDay } from './london-time.ts';

/**
 * Without delay, and no later than the end of the day after the day on which it first becomes clear that a criterion
 * applies. Calendar days: weekends and bank holidays count. [knowledge: SI 2020/2 reg 4, reg 7; the 2004 Regulations
 * said working days. Check reg 4 and reg 7 before relying on it.]
 */
const daysAllowed = 1;

/** The clock turns this long before it breaches: at noon of the last day. Local policy. */
const soonBefore = 12 * 3_600_000;

/** Milliseconds since the epoch. */
export const iopcDueAt = (becameClearAt: number): number => endOfLondonDay(londonDay(becameClearAt) + daysAllowed);

export interface IopcDeadline {
  readonly becameClearAt: string;
  readonly dueAt: string;
}

/**
 * The deadline that the recorded test sets, whether or not it was met; null when no criterion is. Where two tests
 * conflict, the earlier deadline counts.
 */
export function selectIopcDeadline({ mandatory }: AssessmentState, knew: Knew = knewAll): IopcDeadline | null {
  const clear = selectCurrent(mandatory, knew)
    .flatMap(({ criteria, becameClearAt }) => (criteria.length > 0 && becameClearAt ? [Date.parse(becameClearAt)] : []))
    .sort((one, other) => one - other)[0];
  if (clear === undefined) return null;
  return { becameClearAt: new Date(clear).toISOString(), dueAt: new Date(iopcDueAt(clear)).toISOString() };
}

/** Whether a mandatory referral is owed: a criterion is met, and none was sent. */
export const isIopcOwed = (assessment: AssessmentState, knew: Knew = knewAll): boolean =>
  selectIopcDeadline(assessment, knew) !== null &&
  !assessment.iopc.some((referral) => knew(referral) && referral.kind === 'mandatory');

export type ClockTone = 'calm' | 'soon' | 'breached';

export interface IopcClock extends IopcDeadline {
  /** Milliseconds; below zero once it is breached. */
  readonly remaining: number;
  readonly tone: ClockTone;
}

/** How long there is, at any instant, to a deadline. */
export function toneOf(dueAt: string, now: number): { readonly remaining: number; readonly tone: ClockTone } {
  const remaining = Date.parse(dueAt) - now;
  if (remaining < 0) return { remaining, tone: 'breached' };
  return { remaining, tone: remaining <= soonBefore ? 'soon' : 'calm' };
}

/** The clock while a referral to the IOPC is owed; null when none is, or it was sent. */
export function iopcClock(assessment: AssessmentState, now: number): IopcClock | null {
  const deadline = selectIopcDeadline(assessment);
  return deadline && isIopcOwed(assessment) ? { ...deadline, ...toneOf(deadline.dueAt, now) } : null;
}
