import { oneHour } from '#shared/kernel/durations.ts';
import { endOfLondonDay, londonDay } from '#shared/kernel/london-time.ts';
import { type History, selectCurrent } from '../event/history.ts';
import { type Knew, knewAll, type Signed } from '../event/signed.ts';
import type { Policy } from '../policy/policy.ts';

/*
 * The duty to refer to the IOPC:
 *
 *   untested --no criterion--> not owed
 *      '-----a criterion-----> owed: the clock runs --iopc.referred--> sent --iopc.answered--> answered
 *                                |--past the deadline--> breached --iopc.referred, with a reason--> sent
 *                                |--called in by the Director General--> not owed any more
 *                                '--another force's unit acknowledges--> not owed here
 */

/** Of a recorded test, and of a referral, what the clock reads. */
type Tests = History<{ readonly criteria: readonly string[]; readonly becameClearAt: string | null }>;
interface Duty {
  readonly mandatory: Tests;
  readonly iopc: readonly (Signed & { readonly kind: string })[];
  readonly dispositions: History<{
    readonly chosen: { readonly kind: string };
    readonly answers: History<{ readonly answer: string }>;
  }>;
}

/**
 * Without delay, and no later than the end of the day after the day on which it first becomes clear that a criterion
 * applies, or of the day after that on which the Director General's notice came. Calendar days: weekends and bank
 * holidays count. [knowledge: SI 2020/2 reg 4, reg 7; the 2004 Regulations said working days. Check reg 4 and reg 7
 * before relying on it.]
 */
const daysAllowed = 1;

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
export function selectIopcDeadline(mandatory: Tests, knew: Knew = knewAll): IopcDeadline | null {
  const clear = selectCurrent(mandatory, knew)
    .flatMap(({ criteria, becameClearAt }) => (criteria.length > 0 && becameClearAt ? [Date.parse(becameClearAt)] : []))
    .sort((one, other) => one - other)[0];
  if (clear === undefined) return null;
  return { becameClearAt: new Date(clear).toISOString(), dueAt: new Date(iopcDueAt(clear)).toISOString() };
}

/** Sent as the duty asks, or called in: paras 4 and 13 cease to apply then (Police Reform Act 2002 Sch 3 para 13A(2)(a)). */
const endsDuty = ({ kind }: { readonly kind: string }): boolean => kind === 'mandatory' || kind === 'calledIn';

/**
 * Whether a person of another force's unit has acknowledged the case, and not sent it back: the duty is that of the authority
 * under whose control the subject serves (Police Reform Act 2002 s 29(1)). Until then the sender's clock runs.
 */
export const isWithOtherForce = ({ dispositions }: Pick<Duty, 'dispositions'>, knew: Knew = knewAll): boolean =>
  selectCurrent(
    dispositions.filter(({ chosen }) => chosen.kind !== 'safeguard'),
    knew,
  ).some(({ chosen, answers }) => {
    const known = answers.filter(knew);
    return chosen.kind === 'otherForce' && known.length > 0 && known.every(({ answer }) => answer === 'acknowledged');
  });

/**
 * Whether a mandatory referral is owed: a criterion is met, none was sent, the matter was not called in, and no other force
 * has acknowledged it.
 */
export const isIopcOwed = (duty: Duty, knew: Knew = knewAll): boolean =>
  selectIopcDeadline(duty.mandatory, knew) !== null &&
  !duty.iopc.some((referral) => knew(referral) && endsDuty(referral)) &&
  !isWithOtherForce(duty, knew);

export type ClockTone = 'calm' | 'soon' | 'breached';

export interface IopcClock extends IopcDeadline {
  /** Milliseconds; below zero once it is breached. */
  readonly remaining: number;
  readonly tone: ClockTone;
}

/** How long there is, at any instant, to a deadline, and whether the unit's policy calls that near. */
export function toneOf(
  dueAt: string,
  now: number,
  { periods }: Policy,
): { readonly remaining: number; readonly tone: ClockTone } {
  const remaining = Date.parse(dueAt) - now;
  if (remaining < 0) return { remaining, tone: 'breached' };
  return { remaining, tone: remaining <= periods.iopcSoon * oneHour ? 'soon' : 'calm' };
}

/** The clock while a referral to the IOPC is owed; null when none is, or it was sent. */
export function iopcClock(duty: Duty, now: number, policy: Policy): IopcClock | null {
  const deadline = selectIopcDeadline(duty.mandatory);
  return deadline && isIopcOwed(duty) ? { ...deadline, ...toneOf(deadline.dueAt, now, policy) } : null;
}
