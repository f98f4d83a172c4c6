const base = 1_000;
const most = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: exponential with full jitter, 1 s to 60 s at most.
 * @param failures consecutive failures, 1 or more
 * @param random uniform in [0, 1)
 */
export const backoff = (failures: number, random: number): number =>
  Math.round(base / 2 + random * Math.min(most, base * 2 ** Math.min(failures, 16)));
