/** Adds up what the test runners report. What was not run to its end, or was skipped, is not known to work: it counts as failed. */
import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Names of those that failed; fewer than `failed` where something else did. */
  readonly names: readonly string[];
}

export const noCounts: Counts = { passed: 0, failed: 0, names: [] };

const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export function countVitest(report: unknown): Counts {
  const { testResults, ...found } = vitestSchema.parse(report);
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests + found.numPendingTests + found.numTodoTests,
    names: testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((each) => each.status !== 'passed');
      // A file that could not be loaded has no test.
      return failed.length === 0 && status !== 'passed' ? [name] : failed.map(({ fullName }) => fullName);
    }),
  };
}

const suiteSchema = z.object({
  specs: z.array(z.object({ file: z.string(), title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
type Suite = z.output<typeof suiteSchema>;

const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(suiteSchema),
});

const failedIn = ({ specs, suites = [] }: Suite): readonly string[] => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status !== 'expected'))
    .map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedIn),
];

/** A flaky test failed at least once. */
export function countPlaywright(report: unknown): Counts {
  const { stats, suites } = playwrightSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
    names: suites.flatMap(failedIn),
  };
}

export const total = (parts: readonly Counts[]): Counts =>
  parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      names: [...sum.names, ...part.names],
    }),
    noCounts,
  );
