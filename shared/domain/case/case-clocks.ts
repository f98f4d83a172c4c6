import { dayNumber, endOfLondonDay } from '#shared/kernel/london-time.ts';
import type { CaseSummary } from './case-summary.ts';

/*
 * What runs against a case. The law sets the clock of the referral to the IOPC, and of an authority's decision on suspension;
 * the unit's policy that of the disposition; whoever recorded it, each review. Approval has no period of its own.
 */
export type ClockId = 'disposition' | 'iopc' | 'suspension' | 'suspensionReview' | 'notification' | 'review';

export interface CaseClock {
  readonly id: ClockId;
  /** Milliseconds since the epoch; of a day, its end in London. */
  readonly due: number;
  /** Calendar day of what is due on a day and at no time: from its first minute. */
  readonly day: string | null;
}

type Clocked = Pick<CaseSummary, 'dueAt' | 'assessed'>;

const byTime = (id: ClockId, dueAt: string | null | undefined): readonly CaseClock[] =>
  dueAt ? [{ id, due: Date.parse(dueAt), day: null }] : [];

const byDay = (id: ClockId, day: string | null | undefined): readonly CaseClock[] =>
  day ? [{ id, due: endOfLondonDay(dayNumber(day)), day }] : [];

/** Days on which something of the case is looked at again. */
export const reviewDays = ({ assessed }: Pick<Clocked, 'assessed'>): readonly string[] =>
  [assessed?.reviewOn, assessed?.keptUntil, assessed?.suspension?.reviewOn].flatMap((day) => day ?? []);

/** All clocks that run, the nearest first; of two that end together, the law's. */
export function selectClocks({ dueAt, assessed }: Clocked): readonly CaseClock[] {
  return [
    ...byTime('iopc', assessed?.iopcDueAt),
    ...byTime('suspension', assessed?.suspension?.decisionDueAt),
    ...byTime('disposition', dueAt),
    ...byDay('suspensionReview', assessed?.suspension?.reviewOn),
    ...byDay('notification', assessed?.keptUntil),
    ...byDay('review', assessed?.reviewOn),
  ].sort((one, other) => one.due - other.due);
}
