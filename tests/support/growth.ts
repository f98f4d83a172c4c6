/*
 * What an outsider writes decides how long a piece of work takes, on every replica that reads it. The work grows as the text does: of
 * a text 32 times as long it is some 32 times as much, and were it to grow as a square it would be a thousand times. Compared
 * are two measurements of the same run, of the processor's time and not the clock's.
 */
const short = 1_500;
const times = 32;
export const mostGrowth = times * 8;

export const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Microseconds of this thread, the least of several. */
function effortOf(work: () => unknown, rounds: number): number {
  const all = Array.from({ length: rounds }, () => {
    const before = process.threadCpuUsage();
    work();
    return process.threadCpuUsage(before).user;
  });
  return Math.min(...all);
}

/** How many times as much work the longer text is. */
export function growth(unit: string, end: string, work: (text: string) => unknown): number {
  const [less, more] = [repeated(unit, short) + end, repeated(unit, short * times) + end];
  work(less);
  // What takes next to nothing is compared with a millisecond.
  return (
    effortOf(() => work(more), 2) /
    Math.max(
      effortOf(() => work(less), 5),
      1_000,
    )
  );
}
