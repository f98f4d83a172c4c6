import { expect, test } from 'vitest';
import { countPlaywright, countVitest, noCounts, total } from '#build/test-counts.ts';

test('adds up both reports; a flaky or a skipped test is a failed one', () => {
  const vitest = countVitest({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  const playwright = countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 1 } });
  expect(total([vitest, playwright, noCounts])).toEqual({ passed: 11, failed: 8 });
});

test('refuses a report of another shape rather than counting it as nothing', () => {
  expect(() => countVitest({})).toThrow();
  expect(() => countPlaywright({ stats: {} })).toThrow();
});
