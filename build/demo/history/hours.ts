import type { Priority } from '#shared/domain/priority/priorities.ts';
import { oneDay, oneHour, oneMinute } from '#shared/kernel/durations.ts';
import type { Random } from '../random.ts';

/** The first moment from then on at which the unit is at work: Monday to Friday, nine to half past four or so. */
export function atWork(random: Random, from: number): number {
  const midnight = Math.floor(from / oneDay) * oneDay;
  const [opens, closes] = [midnight + 9 * oneHour, midnight + 16 * oneHour + 30 * oneMinute];
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  if (!isWeekend && from <= closes) return Math.max(from, opens + random.int(0, 40) * oneMinute);
  return atWork(random, midnight + oneDay);
}

/** When somebody first reads a report that came in then: whoever is on call, where it cannot wait. */
export function firstRead(random: Random, priority: Priority, receivedAt: number): number {
  switch (priority) {
    case 'immediate':
      return receivedAt + random.int(6, 14) * oneMinute;
    case 'high':
      return receivedAt + random.int(30, 110) * oneMinute;
    case 'raised':
      return receivedAt + random.int(2, 9) * oneHour;
    case 'standard':
      return atWork(random, receivedAt + random.int(1, 20) * oneHour);
  }
}
