import { endOfLondonDay, londonDay } from '#shared/kernel/london-time.ts';
import { type History, selectCurrent } from '../event/history.ts';
import { type Knew, knewAll, type Signed } from '../event/signed.ts';

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
/** What the deadline follows from: the own tests, those that came with a case, and what was set in their place. */
export interface Tested {
  readonly mandatory: Tests;
  readonly sentWith: {
    readonly tests: readonly { readonly criteria: readonly string[]; readonly becameClearAt: string | null }[];
  } | null;
  readonly iopcTimes: History<{ readonly becameClearAt: string | null }>;
}
export interface Duty extends Tested {
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

const clearIn = (tests: NonNullable<Tested['sentWith']>['tests']): readonly string[] =>
  tests.flatMap(({ criteria, becameClearAt }) => (criteria.length > 0 && becameClearAt ? [becameClearAt] : []));

/** When it became clear, by all that counts: a time that the receiving force set takes the place of every other. */
function timesOf({ mandatory, sentWith, iopcTimes }: Tested, knew: Knew): readonly string[] {
  const set = selectCurrent(iopcTimes, knew);
  const times = set.flatMap(({ becameClearAt }) => becameClearAt ?? []);
  if (times.length > 0) return times;
  const carried = set.length > 0 ? [] : clearIn(sentWith?.tests ?? []);
  return [...clearIn(selectCurrent(mandatory, knew)), ...carried];
}

/**
 * The deadline that the recorded tests set, whether or not it was met; null when no criterion is. Of several, those of the
 * force that sent the case included, the earlier counts.
 */
export function selectIopcDeadline(tested: Tested, knew: Knew = knewAll): IopcDeadline | null {
  const clear = timesOf(tested, knew)
    .map((at) => Date.parse(at))
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
  selectIopcDeadline(duty, knew) !== null &&
  !duty.iopc.some((referral) => knew(referral) && endsDuty(referral)) &&
  !isWithOtherForce(duty, knew);

/** From the day on which it is owed; on the last day; after it. */
export type ClockTone = 'owed' | 'lastDay' | 'breached';

export interface IopcClock extends IopcDeadline {
  /** Milliseconds; below zero once it is breached. */
  readonly remaining: number;
  readonly tone: ClockTone;
}

/** How long there is, at any instant, to a deadline, and how near that is. */
export function toneOf(due: number, now: number): { readonly remaining: number; readonly tone: ClockTone } {
  const remaining = due - now;
  if (remaining < 0) return { remaining, tone: 'breached' };
  return { remaining, tone: londonDay(now) >= londonDay(due) ? 'lastDay' : 'owed' };
}

/** The clock while a referral to the IOPC is owed; null when none is, or it was sent. */
export function iopcClock(duty: Duty, now: number): IopcClock | null {
  const deadline = selectIopcDeadline(duty);
  return deadline && isIopcOwed(duty) ? { ...deadline, ...toneOf(Date.parse(deadline.dueAt), now) } : null;
}
