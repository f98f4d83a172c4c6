import { wrap } from 'comlink';
import type { BenchWorker } from './bench-worker.ts';
import type { Measures } from './stopwatch.ts';

/** Runs one step in a fresh worker, and counts the window's own long tasks meanwhile. */
async function runStep(step: string): Promise<Measures> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const worker = new Worker(new URL('./bench-worker.ts', import.meta.url), { type: 'module' });
  try {
    const measures = await wrap<BenchWorker>(worker).run(step);
    return { ...measures, windowLongestTask: longest, memoryMb: await window.rendererMemory() };
  } finally {
    observer.disconnect();
    worker.terminate();
  }
}

declare global {
  interface Window {
    runStep: typeof runStep;
    /** From the bench runner: MB that the page's process has resident, worker included. */
    rendererMemory(): Promise<number>;
  }
}
window.runStep = runStep;
