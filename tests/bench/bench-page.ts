import { wrap } from 'comlink';
import type { BenchWorker } from './bench-worker.ts';
import type { Measures, Stretch } from './stopwatch.ts';

/** Runs one step in a fresh worker, and counts the window's own long tasks meanwhile. */
async function runStep(step: string, profiled = false): Promise<{ measures: Measures; noted: readonly Stretch[] }> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const worker = new Worker(new URL('./bench-worker.ts', import.meta.url), { type: 'module' });
  try {
    const bench = wrap<BenchWorker>(worker);
    if (profiled) await bench.watch();
    const measures = await bench.run(step);
    const noted = profiled ? await bench.noted() : [];
    return { measures: { ...measures, windowLongestTask: longest, memoryMb: await window.rendererMemory() }, noted };
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
