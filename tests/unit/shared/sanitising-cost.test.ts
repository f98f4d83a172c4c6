import { describe, expect, test } from 'vitest';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { countsIn } from '#shared/domain/sanitising/exposure-review.ts';

/*
 * What an outsider writes decides how long the check takes, on every replica that reads it. The work grows as the text does: of
 * a text 32 times as long it is some 32 times as much, and were it to grow as a square it would be a thousand times. Compared
 * are two measurements of the same run, of the processor's time and not the clock's.
 */
const short = 1_500;
const times = 32;
const mostGrowth = times * 8;

const phrases = ['next to the yard', 'a a a', `${'a'.repeat(90)}b`];

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Microseconds of this thread, the least of several. */
function effortOf(work: () => unknown, rounds: number): number {
  const all = Array.from({ length: rounds }, () => {
    const before = process.threadCpuUsage();
    work();
    return process.threadCpuUsage(before).user;
  });
  return Math.min(...all);
}

/** How many times as much work the longer text is. */
function growth(unit: string, end: string, work: (text: string) => unknown): number {
  const [less, more] = [repeated(unit, short) + end, repeated(unit, short * times) + end];
  work(less);
  // What takes next to nothing is compared with half a millisecond.
  return (
    effortOf(() => work(more), 2) /
    Math.max(
      effortOf(() => work(less), 5),
      1_000,
    )
  );
}

const units = [
  ...['a', ' ', '1', '\n', '"', '“', '“a', '@', '.', '-', '\u0301', 'a@', 'a@a.', '+44', '0-', '£1,', '1 A ', 'AB1'],
  ...[
    'my ',
    'my  next',
    'ex-',
    'only ',
    'the reporter ',
    'works at ',
    'wish to ',
    'https://',
    'half past ',
    "officer's ",
  ],
];

describe('the work of the check grows as the text does', () => {
  test.each(units.flatMap((unit) => [[unit, ''] as const, [unit, '!'] as const]))(
    'over and over %j, then %j',
    (unit, end) => {
      expect(growth(unit, end, (text) => selectMarks(text, phrases))).toBeLessThan(mostGrowth);
    },
  );
});

test.each(['a', 'ab ', ' '])('so does that of counting words in what is %j over and over', (unit) => {
  const words = Array.from({ length: 100 }, (_, index) => repeated(unit, index + 1));
  const count = (text: string) => words.map(countsIn(text));
  expect(growth(unit, '', count)).toBeLessThan(mostGrowth);
});

test('a quotation within a quotation is marked as one', () => {
  const text = 'He said “she told me “keep your mouth shut” in the yard”, and left.';
  expect(selectMarks(text, []).map(({ kind, text: words }) => [kind, words])).toContainEqual([
    'rareDetail',
    '“she told me “keep your mouth shut”',
  ]);
});
