import { expect, test } from 'vitest';
import { countPlaywright, countVitest, noCounts, total } from '#build/test-counts.ts';

const file = (name: string, status: string, ...tests: readonly (readonly [fullName: string, status: string])[]) => ({
  ...{ name, status },
  assertionResults: tests.map(([fullName, ended]) => ({ fullName, status: ended })),
});
const spec = (title: string, status: string) => ({ file: 'journey.spec.ts', title, tests: [{ status }] });

test('adds up both reports; a flaky or a skipped test is a failed one, and each has its name', () => {
  const vitest = countVitest({
    ...{ numPassedTests: 7, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 },
    testResults: [
      file('a.test.ts', 'failed', ['one', 'passed'], ['two', 'failed'], ['three', 'pending'], ['four', 'todo']),
      file('b.test.ts', 'failed'),
      file('c.test.ts', 'passed', ['five', 'passed']),
    ],
  });
  const playwright = countPlaywright({
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 1 },
    suites: [
      {
        specs: [spec('six', 'unexpected'), spec('seven', 'expected')],
        suites: [{ specs: [spec('eight', 'flaky'), spec('nine', 'skipped')] }],
      },
    ],
  });
  expect(total([vitest, playwright, noCounts])).toEqual({
    ...{ passed: 11, failed: 6 },
    names: [
      ...['two', 'three', 'four', 'b.test.ts'],
      ...['journey.spec.ts: six', 'journey.spec.ts: eight', 'journey.spec.ts: nine'],
    ],
  });
});

test('refuses a report of another shape rather than counting it as nothing', () => {
  expect(() => countVitest({})).toThrow();
  expect(() => countPlaywright({ stats: {}, suites: [] })).toThrow();
});
