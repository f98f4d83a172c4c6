import { oneMinute } from '#shared/kernel/durations.ts';
import type { LargeFiles } from '../attachments/demo-attachments.ts';
import { day, recordedTimes } from '../calendar.ts';
import type { Arrival } from '../demo-report.ts';
import { type Random, seededRandom } from '../random.ts';

/** Of the force that what came to the wrong one is passed on to. */
export const otherForce = { id: 'fenshire', name: 'Fenshire Constabulary', unit: 'Fenshire ACU (invented)' } as const;
const region = 'in the east of England';

/** How often each person is reported who is reported more than once. */
export const repeats = [4, 3, 3, 2] as const;
/** Reports of the last days, in days before the end: most of them are open. */
const recent = [4.7, 4.3, 3.9, 3.5, 2.8, 2.5, 2.2, 1.9, 1.6, 1.3, 0.95, 0.8, 0.6, 0.4, 0.25, 0.15] as const;
/** Milliseconds before the end at which the urgent report is recorded. */
const urgentBefore = 52 * oneMinute;
/** Days before the end at which the reports of the months before end. */
const quiet = 5;

/** What comes in over 18 months, oldest first; the last is urgent and came within the hour. */
export function planArrivals(seed: number, count: number, until: number): Arrival[] {
  const random = seededRandom(seed, 20);
  const settled = Math.max(0, count - recent.length - 1);
  const earlier = recordedTimes(seededRandom(seed, 2), settled, until - quiet * day);
  const lately = recent
    .slice(Math.max(0, recent.length + 1 - count))
    .map((days) => until - days * day + random.int(0, 40) * oneMinute);
  const plain = [...earlier, ...lately].map(
    (recordedAt, index): Arrival => ({
      recordedAt,
      nature: natureOf(random, index < settled),
      about: null,
    }),
  );
  const arrivals = withFiles(withRepeats(random, plain, settled).map(withForce));
  return [...arrivals, { recordedAt: until - urgentBefore, nature: 'urgent', about: null }];
}

/** Nothing of the last days is urgent but the one report that came just now: it would have been decided. */
const natureOf = (random: Random, isSettled: boolean): Arrival['nature'] =>
  random.weighted([
    ['genuine', 86],
    ['wrongForce', isSettled ? 6 : 0],
    ['outOfScope', 5],
    ['urgent', isSettled ? 3 : 0],
  ]);

const withForce = (arrival: Arrival): Arrival =>
  arrival.nature === 'wrongForce' ? { ...arrival, said: { otherForce: otherForce.name, region } } : arrival;

/** Which of what is genuine comes with them, counted from the last: two of the open ones, and one that was decided. */
const filesOf: Readonly<Record<number, LargeFiles>> = { 2: 'scan', 5: 'photographs', 30: 'photographs' };

function withFiles(arrivals: readonly Arrival[]): Arrival[] {
  const genuine = arrivals.filter(({ nature }) => nature === 'genuine').toReversed();
  return arrivals.map((arrival) => {
    const files = filesOf[genuine.indexOf(arrival)];
    return files ? { ...arrival, files } : arrival;
  });
}

/** Each of those people is reported from early on, and two of them again in the last days. */
function withRepeats(random: Random, arrivals: readonly Arrival[], settled: number): readonly Arrival[] {
  const about = new Map<number, number>();
  const free = (index: number) => arrivals[index]?.nature === 'genuine' && !about.has(index);
  const take = (person: number, from: number, to: number) => {
    const choices = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index).filter(free);
    if (choices.length > 0) about.set(random.pick(choices), person);
  };
  for (const [person, times] of repeats.entries()) {
    const lately = person % 2 === 0 ? 1 : 0;
    const before = times - lately;
    for (let time = 0; time < before; time++) {
      take(person, Math.floor((settled * time) / before), Math.floor((settled * (time + 1)) / before));
    }
    if (lately) take(person, settled, arrivals.length);
  }
  return arrivals.map((arrival, index) => ({ ...arrival, about: about.get(index) ?? null }));
}
