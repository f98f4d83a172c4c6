import { describe, expect, test } from 'vitest';
import { searchedReferral } from '#shared/domain/case/search-words.ts';
import { evenPlaces, foldText } from '#shared/kernel/folded-text.ts';
import { isSeen, placeInShown, placeInText, visibleText } from '#shared/kernel/visible-text.ts';
import { growth, mostGrowth } from '#tests/support/growth.ts';
import { referralWith } from '#tests/support/referrals.ts';

const works: Readonly<Record<string, (text: string) => unknown>> = {
  showing: visibleText,
  'a place in what is shown': (text) => placeInShown(text, text.length),
  'a place in the text': (text) => placeInText(text, 10 * text.length),
  'whether it is seen': (text) => isSeen(text, 20_000),
  folding: foldText,
  'what is even': evenPlaces,
  'the words that are searched': (narrative) => searchedReferral(referralWith({ narrative })),
};

const units = [
  ...[
    'a',
    'A',
    ' ',
    '1',
    "'",
    "O'",
    'A ',
    'a-',
    '-',
    '.',
    '\u0301',
    'e\u0301',
    '\u0301\u0316',
    '\u200b',
    '\u00ad',
    '\ud800',
  ],
  ...[
    '❤\ufe0f',
    '\u200d',
    'ی\u200c',
    '\u{1f468}\u200d',
    '\u{1f3f4}\u{e0067}',
    '0\ufe0f',
    '\u00a0',
    'ﷺ',
    'ł',
    '07',
    '+44 ',
    '0/',
    'AB12',
    'bs1 ',
  ],
];

describe.each(Object.entries(works))('the work grows as the text does: %s', (_, work) => {
  test.each(units)('of %j over and over', (unit) => {
    expect(growth(unit, '!', work)).toBeLessThan(mostGrowth);
  });
});
