/** Milliseconds, unless the name says otherwise. */
export type Measures = Record<string, number>;

/** What this worker waits for, of which one is named: the later ones only where none before is at work. */
export const waits = ['Ed25519', 'AES-GCM', 'keys and digests', 'IndexedDB', 'network'] as const;
export type Wait = (typeof waits)[number];

/** From when until when something was measured, or was at work: milliseconds of this worker's `performance.now()`. */
export type Stretch = readonly [name: string, start: number, end: number];
export const stretches: Stretch[] = [];

/** Milliseconds that `task` takes. @param measure that a profile names */
export async function timed(task: () => Promise<unknown>, measure?: string): Promise<number> {
  const start = performance.now();
  await task();
  const end = performance.now();
  if (measure) stretches.push([`measure ${measure}`, start, end]);
  return end - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** @param share below which so many lie: 0.95 */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** A repeatable spread over 0 .. count-1, so that every peer reads the same cases. */
export const spread = (count: number, samples: number): number[] =>
  Array.from({ length: Math.min(samples, count) }, (_, index) =>
    Math.floor((((index * 7919) % 10_007) / 10_007) * count),
  );

export const getJson = async <T>(path: string): Promise<T> => (await fetch(path)).json() as Promise<T>;
