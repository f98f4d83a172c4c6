import { describe, expect, test } from 'vitest';
import { selectMatching } from '#renderer/vault/cases/queue-search.ts';
import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import { searchedName, searchedWords, toSearchText } from '#shared/domain/case/search-words.ts';
import { foldText, lookOf } from '#shared/kernel/folded-text.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inBrief, searchingIn } from '#tests/support/searching.ts';

/** In the row of the queue and in the index alike. */
function found(words: readonly string[], typed: string): boolean {
  const id = 'case' as StreamId;
  const summary = { id, search: toSearchText(words), categories: [] as const } as unknown as CaseSummary;
  const searched = [inBrief(), searchingIn([{ id, words: new Set(words) }])];
  const [brief, whole] = searched.map((searching) => selectMatching([summary], typed, searching).length === 1);
  expect([typed, whole]).toEqual([typed, brief]);
  return whole === true;
}

/** Each of a group is found by each of it. */
const groups: readonly (readonly string[])[] = [
  ["O'Neill", 'ONeill', 'O Neill', 'O’Neill', 'o`neill', 'O\u00adNeill', 'OʼNEILL'],
  ['Mary-Ann', 'Maryann', 'Mary Ann', 'Mary\u2011Ann', 'Mary\u2013Ann', 'Mary\u00a0Ann'],
  ['Mc Andie', 'McAndie', 'MCANDIE', "Mc'Andie"],
  ['van der Berg', 'Vanderberg', 'Van-der-Berg'],
  ['Łukasz', 'Lukasz', 'łukasz'],
  ['Søren', 'Soren'],
  ['Strauß', 'Strauss', 'STRAUẞ'],
  ['Đorđe', 'Dorde'],
  ['Þór', 'Thor'],
  ['Æsop', 'Aesop'],
  ['Işık', 'Isik', 'IŞIK'],
  ['Élodie', 'E\u0301lodie', 'elodie'],
  ['Megan', 'Mеgan', 'Me\u200bgan', '\u{1d40c}\u{1d41e}\u{1d420}\u{1d41a}\u{1d427}'],
];

describe('a name is found in every form in which it is written', () => {
  test.each(groups.map((group) => [group[0] as string, group] as const))('%s', (_, group) => {
    for (const written of group) {
      for (const typed of group)
        expect([written, typed, found(searchedName(`PC ${written} Yale`), typed)]).toEqual([written, typed, true]);
    }
  });
});

describe('a number is found in every form in which it is written', () => {
  const telephones = [
    ...['07700 900123', '(07700) 900123', '0044 7700 900123', '+44 (0)7700 900123', '+447700900123'],
    ...['07700.900.123', '07700/900123', '07700\u00a0900\u2011123'],
  ];
  const plates = ['EF34GHJ', 'ef34 ghj', 'EF34-GHJ', 'Ef34.Ghj', 'ef34\u00a0ghj'];
  const postcodes = ['BS1 6QF', 'bs16qf', 'bs1\u00a06qf', 'BS1-6QF'];
  test.each([telephones, plates, postcodes].map((forms) => [forms[0] as string, forms] as const))('%s', (_, forms) => {
    for (const written of forms) {
      for (const typed of forms) {
        expect([written, typed, found(searchedWords(`Seen: ${written}, twice.`), typed)]).toEqual([
          written,
          typed,
          true,
        ]);
      }
    }
  });

  test('also while it is being typed, and by half of it', () => {
    expect(found(searchedWords('Ring (07700) 900123'), '07700 900')).toBe(true);
    expect(found(searchedWords('Ring (07700) 900123'), '+44 7700 9')).toBe(true);
    expect(found(searchedWords('EF34GHJ'), 'ghj')).toBe(true);
    expect(found(searchedWords('EF34GHJ'), 'ef34 g')).toBe(true);
    expect(found(searchedName('M123ABC, a van'), 'm123 abc')).toBe(true);
    expect(found(searchedName('M123 ABC, a van'), 'm123abc')).toBe(true);
  });

  test('and another number is not', () => {
    expect(found(searchedWords('Ring 07700 900123'), '07700 900124')).toBe(false);
    expect(found(searchedWords('EF34GHJ'), 'ef34 ghk')).toBe(false);
  });
});

test('a word is found by its beginning and by nothing else of it', () => {
  expect(found(searchedName('Megan Larwood'), 'larw meg')).toBe(true);
  expect(found(searchedName('Megan Larwood'), 'wood')).toBe(false);
  expect(found(searchedName('Megan Larwood'), '\u200b\u3164')).toBe(true);
});

test('how a name looks does not depend on its case, spaces, dashes, accents or what cannot be seen', () => {
  for (const name of [
    'megan  PRITCHARD',
    'Megan\u00a0Pritchard',
    'Me\u00adgan Pritchard',
    'Mégan Pritchárd',
    'Megan-Pritchard',
    'МеgаnРrіtсhаrd',
  ]) {
    expect(lookOf(name)).toBe('meganpritchard');
  }
  expect(lookOf('Megan Prichard')).not.toBe(lookOf('Megan Pritchard'));
  expect(foldText('Łódź, Đà Nẵng; ﬁne ½')).toBe('lodz, da nang; fine 1⁄2');
});
