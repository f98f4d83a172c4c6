import { oneDay } from '#shared/kernel/durations.ts';
import { endOfLondonDay, londonDay } from '#shared/kernel/london-time.ts';
import { selectCurrent } from '../event/history.ts';
import { regimeOf, suspensionRegimes } from './suspension.ts';
import type { SuspensionState } from './suspension-put.ts';

const isWeekend = (day: number): boolean => [0, 6].includes(new Date(day * oneDay).getUTCDay());

/**
 * The end, in milliseconds, of the last of so many working days after an instant. Bank holidays are not left out: what is
 * shown may be earlier than the law has it, and is never later.
 */
export function endOfWorkingDays(from: number, count: number): number {
  let day = londonDay(from);
  for (let left = count; left > 0; ) {
    day += 1;
    if (!isWeekend(day)) left -= 1;
  }
  return endOfLondonDay(day);
}

export interface SuspensionClock {
  /** ISO instant by which the authority decides; null where no time is set, or it has decided. */
  readonly decisionDueAt: string | null;
  /** Calendar day on which a suspension is looked at again; null where there is none. */
  readonly reviewOn: string | null;
}

/** The nearest of each, where several stand. Null while nothing was put to the authority. */
export function selectSuspensionClock({ suspension }: SuspensionState): SuspensionClock | null {
  const current = selectCurrent(suspension);
  if (current.length === 0) return null;
  const due = current.flatMap((put) => {
    const regime = regimeOf(put);
    const { workingDays } = regime ? suspensionRegimes[regime] : { workingDays: null };
    return put.decision || !workingDays || !put.listedAt
      ? []
      : [endOfWorkingDays(Date.parse(put.listedAt), workingDays)];
  });
  const reviews = current.flatMap(({ decision }) => decision?.reviewOn ?? []);
  return {
    decisionDueAt: due.length > 0 ? new Date(Math.min(...due)).toISOString() : null,
    reviewOn: reviews.sort()[0] ?? null,
  };
}
