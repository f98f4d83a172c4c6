/** Adds up what the test runners report. What was not run to its end, or was skipped, is not known to work: it counts as failed. */
import { z } from 'zod';

export interface Counts {
  passed: number;
  failed: number;
}

export const noCounts: Counts = { passed: 0, failed: 0 };

const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

export function countVitest(report: unknown): Counts {
  const found = vitestSchema.parse(report);
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests + found.numPendingTests + found.numTodoTests,
  };
}

const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** A flaky test failed at least once. */
export function countPlaywright(report: unknown): Counts {
  const { stats } = playwrightSchema.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

export function total(parts: readonly Counts[]): Counts {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
    }),
    noCounts,
  );
}
