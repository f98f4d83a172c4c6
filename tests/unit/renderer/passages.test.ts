import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPassages } from '#renderer/ui/passages.ts';
import { sample } from '#tests/support/effort.ts';

const pieces = fc.constantFrom(
  'word ',
  'a'.repeat(900),
  '\n',
  '\n\n\n',
  '\u{1f600}'.repeat(450),
  '\u200b\u202e'.repeat(400),
  ' '.repeat(700),
  'x',
);
const texts = fc.array(pieces, { maxLength: 60 }).map((each) => each.join(''));

describe('a long text', () => {
  test('is cut into passages that are short, and together are all of it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const passages = cutPassages(text);
        expect(passages.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        const longest = Math.max(...passages.map(({ start, end }) => end - start));
        expect(longest).toBeLessThanOrEqual(8_000);
        for (const { start, end } of passages) expect(text.length === 0 || end > start).toBe(true);
      }),
      sample(100),
    );
  });

  test('is cut after a line or a word where there is one, and never within a character', () => {
    const lines = `${'A line of words. '.repeat(20)}\n`.repeat(20);
    for (const { end } of cutPassages(lines)) expect(lines.charAt(end - 1)).toBe('\n');
    const words = 'word '.repeat(5_000);
    for (const { end } of cutPassages(words)) expect(words.charAt(end - 1)).toBe(' ');
    const pictures = `x${'\u{1f600}'.repeat(5_000)}`;
    for (const { start, end } of cutPassages(pictures)) expect(pictures.slice(start, end).isWellFormed()).toBe(true);
  });

  test('of prose is cut at its own line ends alone, also where its lines are as long as people write them', () => {
    const paragraph = `${'He said that nobody would ever know who told. '.repeat(160)}\n`;
    for (const { end } of cutPassages(paragraph.repeat(6))) expect(paragraph.repeat(6).charAt(end - 1)).toBe('\n');
    expect(cutPassages(paragraph.repeat(6))).toHaveLength(6);
  });

  test('has a passage of its own for a word that nobody writes, in pieces, and none within the prose around it', () => {
    const prose = 'He said that nobody would ever know who told. '.repeat(60);
    const text = `${prose}${'x'.repeat(2_000)} ${prose}`;
    const pieces = cutPassages(text).map(({ start, end }) => text.slice(start, end));
    expect(pieces.map(({ length }) => length)).toEqual([prose.length, 800, 800, prose.length + 401]);
    expect(pieces[0]).toBe(prose);
  });

  test('of an ordinary length is one passage', () => {
    expect(cutPassages('word '.repeat(700))).toEqual([{ start: 0, end: 3_500 }]);
    expect(cutPassages('')).toEqual([{ start: 0, end: 0 }]);
  });
});
