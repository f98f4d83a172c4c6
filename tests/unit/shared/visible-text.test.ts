import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasHidden,
  placeInShown,
  placeInText,
  seenLength,
  seenText,
  visibleText,
} from '#shared/kernel/visible-text.ts';
import { sample } from '#tests/support/effort.ts';

/** Each kind of character that nobody sees, or that changes how others are read. */
const unseen: readonly (readonly [kind: string, character: string, shown: string])[] = [
  ['soft hyphen', '\u00ad', '[U+00AD]'],
  ['zero width space', '\u200b', '[U+200B]'],
  ['byte order mark', '\ufeff', '[U+FEFF]'],
  ['word joiner', '\u2060', '[U+2060]'],
  ['right-to-left override', '\u202e', '[U+202E]'],
  ['first strong isolate', '\u2068', '[U+2068]'],
  ['Arabic letter mark', '\u061c', '[U+061C]'],
  ['Hangul filler', '\u3164', '[U+3164]'],
  ['half-width Hangul filler', '\uffa0', '[U+FFA0]'],
  ['Hangul leading filler', '\u115f', '[U+115F]'],
  ['Braille blank', '\u2800', '[U+2800]'],
  ['musical null', '\u{1d159}', '[U+1D159]'],
  ['grapheme joiner', '\u034f', '[U+034F]'],
  ['tag letter', '\u{e0041}', '[U+E0041]'],
  ['variation selector', '\ufe0f', '[U+FE0F]'],
  ['rare variation selector', '\u{e0100}', '[U+E0100]'],
  ['joiner', '\u200d', '[U+200D]'],
  ['non-joiner', '\u200c', '[U+200C]'],
  ['NUL', '\u0000', '[U+0000]'],
  ['next line', '\u0085', '[U+0085]'],
  ['form feed', '\u000c', '[U+000C]'],
  ['lone surrogate', '\ud800', '[U+D800]'],
  ['private use', '\ue000', '[U+E000]'],
  ['unassigned', '\u{e0fff}', '[U+E0FFF]'],
  ['noncharacter', '\uffff', '[U+FFFF]'],
  ['interlinear anchor', '\ufff9', '[U+FFF9]'],
];

describe('what cannot be seen', () => {
  test.each(unseen)('%s is shown as its code, compared as nothing, and counts for nothing', (_, character, shown) => {
    expect(visibleText(`a${character}b`)).toBe(`a${shown}b`);
    expect(seenText(`a${character}b`)).toBe('ab');
    expect(seenLength(character.repeat(12))).toBe(0);
    expect(hasHidden(`a${character}`)).toBe(true);
  });

  test('a space of any width is the plain one, and each end of a line the same', () => {
    expect(visibleText('a\u00a0b\u3000c\u2003d\u1680e\u202ff')).toBe('a b c d e f');
    expect(visibleText('a\r\nb\rc\u2028d\u2029e')).toBe('a \nb\nc\nd\ne');
    expect(seenLength('\u00a0\u3000\u2003\u202f \n\t')).toBe(0);
    expect(seenLength('a \u3000 b')).toBe(3);
  });
});

describe('what is seen stays as it is', () => {
  test.each([
    ['plain text', 'O’Neill & Łukasz: “£5”, 50 %…\n\tSee §3'],
    ['other scripts', 'Ελένη Ирина 山田太郎 김민준 שָׁלוֹם محمد'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hindi with a joiner', 'क्‍ष'],
    ['Bengali with a joiner before its mark', 'র‍্যা'],
    ['a family', '👨‍👩‍👧'],
    ['a firefighter with a skin', '🧑🏽‍🚒'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['a heart and a keycap', '❤️ 1️⃣'],
    ['the flags of Wales and of the kingdom', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} 🇬🇧'],
    ['Burmese and Vietnamese', 'မြှို့ Nguyê\u0303n'],
  ])('%s', (_, text) => {
    expect(visibleText(text)).toBe(text);
    expect(hasHidden(text)).toBe(false);
  });

  test('a joiner or a selector where nothing joins is none', () => {
    expect(visibleText('Me\u200dgan')).toBe('Me[U+200D]gan');
    expect(visibleText('0\ufe0f7700')).toBe('0[U+FE0F]7700');
    expect(visibleText('\u{1f3f4}\u{e0073}\u{e0065}\u{e0063}\u{e007f}')).toBe(
      '\u{1f3f4}[U+E0073][U+E0065][U+E0063][U+E007F]',
    );
  });
});

test('marks that are piled up are shown as their codes, and one without a letter as well', () => {
  expect(visibleText(`Z${'\u0301'.repeat(6)}o`)).toBe(`Z${'\u0301'.repeat(4)}[U+0301][U+0301]o`);
  expect(visibleText('\u0489x')).toBe('[U+0489]x');
  expect(visibleText('a \u0301')).toBe('a [U+0301]');
  expect(seenLength(`Z${'\u0301'.repeat(600)}`)).toBe(1);
});

const units = fc.constantFrom(
  ...['a', ' ', '\u200b', '[', '[U+200B]', '\u2069', '\ufeff', '\u{e0041}', '\u{1f600}', '\u{1f468}\u200d\u{1f469}'],
  ...['e\u0301', '\u0301', '\u00a0', '\r', '\n', '\ud800', '❤\ufe0f', 'ی\u200cخ', '\u{1f3f4}', '\u2028'],
);
const texts = fc.string({ unit: units, maxLength: 40 });

describe('a place', () => {
  test('in what is shown and in the text is the same place, also beside characters that are shown as codes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = visibleText(text);
        const inCharacter = (at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));
        for (let at = 0; at <= text.length; at += 1) {
          const place = placeInText(text, placeInShown(text, at));
          if (inCharacter(at)) expect([at, at + 1]).toContain(place);
          else expect(place).toBe(at);
        }
        expect(placeInShown(text, text.length)).toBe(shown.length);
        expect(placeInText(text, shown.length)).toBe(text.length);
      }),
      sample(200),
    );
  });

  test('within a code is after its character, also where that has two units', () => {
    expect(placeInText('a\u200bb', 4)).toBe(2);
    expect(placeInText('a\u{e0041}b', 4)).toBe(3);
    expect(placeInText('\u{e0041}b', 10)).toBe(3);
    expect(placeInShown('\u{e0041}b', 2)).toBe(9);
  });
});

test('what is shown is all to be seen, and showing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
      const shown = visibleText(text);
      expect(hasHidden(shown)).toBe(false);
      expect(visibleText(shown)).toBe(shown);
    }),
    sample(200),
  );
});
