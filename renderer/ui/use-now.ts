import { useSyncExternalStore } from 'react';

/** All relative times on the screen move together. */
const tickEvery = 15_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(tick, tickEvery);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Milliseconds since the epoch, moving every 15 s. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
