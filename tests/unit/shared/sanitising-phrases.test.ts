import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Subject } from '#shared/domain/report/report.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { sample } from '#tests/support/effort.ts';
import { heldOutNarratives } from '#tests/support/narratives/held-out.ts';
import { parseMarked } from '#tests/support/narratives/parse-marked.ts';
import { englishNarratives } from '#tests/support/narratives/tuned-english.ts';
import { welshNarratives } from '#tests/support/narratives/tuned-welsh.ts';
import { nothingKnown } from './assessment-fixtures.ts';

const marked = (text: string, subjects: readonly Subject[] = []) =>
  selectMarks(text, { phrases: [], subjects }).map(({ kind, text: words }) => [kind, words]);

const subject = (changes: Partial<Subject>): Subject => ({
  ...{ kind: 'officer', name: null, rankOrRole: null, collarNumber: null, station: null, description: null },
  ...changes,
});

describe('what endangers the victim is a kind of its own', () => {
  test.each([
    ['She is in the refuge on Ashley Hill.', 'is in the refuge on Ashley Hill'],
    ['She is staying at a friend’s house in Yate now.', 'staying at a friend’s house in Yate now'],
    ['She has moved to Yate, he says.', 'moved to Yate'],
    ['He wants her new address in Bath.', 'new address in Bath'],
    ['The children now go to Elm Park Primary School.', 'go to Elm Park Primary School'],
    ['They have moved schools.', 'moved schools'],
    ['Mae hi wedi symud i loches yn Abertawe.', 'Mae hi wedi symud i loches yn Abertawe'],
    ['Mae hi’n aros efo’i nain yn Nefyn.', 'aros efo’i nain yn Nefyn'],
    ['Mae ganddi gyfeiriad, tŷ newydd yn y Bala.', 'tŷ newydd yn y Bala'],
  ])('%s', (text, words) => expect(marked(text)).toContainEqual(['victim', words]));
});

test.each(['fy nghydweithiwr', 'ei gydweithwyr', 'eu cydweithwyr', 'fy nghydweithwraig'])(
  'whoever works with the reporter shows who that is, in each form of the word: %s',
  (words) => expect(marked(`Dywedodd ${words} wrthi.`)).toContainEqual(['kinship', words]),
);

describe('what is the subject’s is not the reporter’s', () => {
  const records = [subject({ name: 'Dale Rusk', description: 'Blue BMW, WX70 LHA, mobile 07700 900871.' })];

  test.each([
    'PC Tate has been in touch. His number is 07700 900456.',
    'PC Tate messages my sister. His number is 07700 900456.',
    'Sgt Ann Moss lives at 14 Alder Road and drives AB12 CDE.',
    'Marsh is known. DC Lee Marsh checks vehicles; Marsh drives WU21 KPE.',
    'PC Huw Rees: rhif Huw ydi 07700 900640.',
  ])('by the sentence: %s', (text) =>
    expect(marked(text).filter(([kind]) => !['kinship', 'firstPerson'].includes(kind ?? ''))).toEqual([]),
  );

  test('by the records of the report, however it is written', () => {
    expect(marked('Car WX70LHA was there, (07700) 900-871 rang.')).toHaveLength(2);
    expect(marked('Car WX70LHA was there, (07700) 900-871 rang.', records)).toEqual([]);
    expect(marked('Rusk can be had on 01632 960111.')).toEqual([['telephone', '01632 960111']]);
    expect(marked('Rusk can be had on 01632 960111.', records)).toEqual([]);
  });

  test.each([
    ['PC Tate did it. Ring me on 07700 900123.', '07700 900123'],
    ['PC Tate messages my sister. Her number is 07700 900123.', '07700 900123'],
    ['PC Tate did it. Ring 07700 900123 after six.', '07700 900123'],
    ['PC Rees yw e. Fy rhif i ydi 07700 900655.', '07700 900655'],
  ])('in doubt it is marked: %s', (text, words) => expect(marked(text, records)).toContainEqual(['telephone', words]));
});

describe('a mark cuts nothing in two', () => {
  const narratives = [...englishNarratives, ...welshNarratives, ...heldOutNarratives].map(
    (each) => parseMarked(each).text,
  );
  const isWord = (text: string, at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? '');

  test('no word, hyphened or not, in any narrative, nor in any made of their parts', () => {
    const pieces = narratives.flatMap((each) => each.split(/(?<=[.,])\s/u));
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(text, (each) => {
        for (const { start, end } of selectMarks(each, nothingKnown)) {
          expect([isWord(each, start - 1) && isWord(each, start), isWord(each, end - 1) && isWord(each, end)]).toEqual([
            false,
            false,
          ]);
          expect(each.slice(end, end + 2)).not.toMatch(/^[-']\p{L}/u);
        }
      }),
      sample(100),
    );
  });

  test('adjoining marks are one', () => {
    for (const each of narratives) {
      const marks = selectMarks(each, nothingKnown);
      for (const [index, { end }] of marks.entries()) {
        const gap = each.slice(end, marks[index + 1]?.start ?? each.length);
        if (marks[index + 1]) expect([gap, gap.trim() === '']).toEqual([gap, false]);
      }
    }
  });

  test.each([
    ['My sister-in-law’s friend saw it.', 'My sister-in-law’s friend'],
    ['Flat 3, 14 Alder Grove Road, BS3 3JX is hers.', 'Flat 3, 14 Alder Grove Road, BS3 3JX'],
    ['The reporter is a nurse at St Mary’s on Ward 7.', 'The reporter is a nurse at St Mary’s on Ward 7'],
    ['It was my friend Ann Price-Jones there.', 'my friend Ann Price-Jones'],
  ])('%s', (text, words) => expect(marked(text).map(([, each]) => each)).toContain(words));
});
