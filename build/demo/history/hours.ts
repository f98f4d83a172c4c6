import type { Priority } from '#shared/domain/priority/priorities.ts';
import type { Random } from '../random.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The first moment from then on at which the unit is at work: Monday to Friday, nine to half past four or so. */
export function atWork(random: Random, from: number): number {
  const midnight = Math.floor(from / day) * day;
  const [opens, closes] = [midnight + 9 * hour, midnight + 16 * hour + 30 * minute];
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  if (!isWeekend && from <= closes) return Math.max(from, opens + random.int(0, 40) * minute);
  return atWork(random, midnight + day);
}

/** When somebody first reads a report that came in then: whoever is on call, where it cannot wait. */
export function firstRead(random: Random, priority: Priority, receivedAt: number): number {
  switch (priority) {
    case 'immediate':
      return receivedAt + random.int(6, 14) * minute;
    case 'high':
      return receivedAt + random.int(30, 110) * minute;
    case 'raised':
      return receivedAt + random.int(2, 9) * hour;
    case 'standard':
      return atWork(random, receivedAt + random.int(1, 20) * hour);
  }
}
