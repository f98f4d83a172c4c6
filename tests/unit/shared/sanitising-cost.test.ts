import { describe, expect, test } from 'vitest';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { countsIn } from '#shared/domain/sanitising/exposure-review.ts';
import { growth, mostGrowth, repeated } from '#tests/support/growth.ts';

const phrases = ['next to the yard', 'a a a', `${'a'.repeat(90)}b`];

const units = [
  ...['a', ' ', '1', '\n', '"', '“', '“a', '@', '.', '-', '\u0301', 'a@', 'a@a.', '+44', '0-', '£1,', '1 A ', 'AB1'],
  ...['m\u00ady', '\u200b', 'ﷺ', 'ｍｙ ', '(0)', '0/', '7/'],
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
      expect(growth(unit, end, (text) => selectMarks(text, { phrases, subjects: [] }))).toBeLessThan(mostGrowth);
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
  expect(selectMarks(text, { phrases: [], subjects: [] }).map(({ kind, text: words }) => [kind, words])).toContainEqual(
    ['rareDetail', '“she told me “keep your mouth shut”'],
  );
});
