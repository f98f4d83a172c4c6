/** Milliseconds, unless the name says otherwise. */
export type Measures = Record<string, number>;

/** Milliseconds that `task` takes. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** A repeatable spread over 0 .. count-1, so that every peer reads the same cases. */
export const spread = (count: number, samples: number): number[] =>
  Array.from({ length: Math.min(samples, count) }, (_, index) =>
    Math.floor((((index * 7919) % 10_007) / 10_007) * count),
  );

export const getJson = async <T>(path: string): Promise<T> => (await fetch(path)).json() as Promise<T>;
