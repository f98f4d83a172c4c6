import { describe, expect, it } from 'vitest';
import { demoReports } from '#build/demo/demo-report.ts';
import {
  isOpen,
  keepMark,
  replaceMark,
  replaceWords,
  type SanitiseForm,
  sanitiseShape,
  treatedMarks,
} from '#renderer/features/assessment/steps/sanitise-form.ts';
import { suggestReplacement } from '#renderer/words/replacements.ts';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import { type ExposureKind, exposureKindIds } from '#shared/domain/sanitising/exposure-kinds.ts';
import { sanitisedRecorded } from '#shared/domain/sanitising/sanitised-recorded.ts';
import { answers, nothingKnown } from '#tests/unit/shared/assessment-fixtures.ts';

const formOf = (text: string): SanitiseForm => ({ ...sanitiseShape, text, dismissed: [], replacements: [], answers });

describe('a text that was made to be slow', () => {
  const most = 50_000;
  const full = (text: string) => text.repeat(Math.ceil(most / text.length)).slice(0, most);

  it.each([
    ['marks without end', full('I ')],
    ['sums without end', full('£1,')],
    ['an address without end', `http://${full('a')}`.slice(0, most)],
    ['a word without end', `my son${full('é')}`.slice(0, most)],
    ['gaps without end', full(`half past ${' '.repeat(3_000)}ten `)],
    ['quotations without end', full('“')],
    ['a clause without end', full('she is in the refuge ')],
    ['names without end', full('PC Ab ')],
  ])('%s: it is marked at once, and an entry holds the marks', (_, original) => {
    const started = performance.now();
    const marks = treatedMarks(original, formOf(original), nothingKnown);
    expect(performance.now() - started).toBeLessThan(3_000);
    const data = { of: { kind: 'whole' }, text: original, marks, answers };
    expect(sanitisedRecorded.data.safeParse(data).error).toBeUndefined();
    // Nothing that is still there passes as resolved.
    const first = marks.find((mark) => mark.in === 'original');
    expect(first?.treatment ?? 'open').toBe('open');
    const anew = treatedMarks(original, formOf('Written anew.'), nothingKnown);
    expect(anew.filter(({ treatment }) => treatment === 'open')).toEqual([]);
  });
});

describe('other words in place of marked ones', () => {
  it.each([
    ['wherever they stand', 'I saw him. So I saw her.', 'I saw', 'X him. So X her.'],
    ['whatever their case', 'My neighbour said so to my neighbour.', 'My neighbour', 'X said so to X.'],
    ['however they are spaced', 'He rang\n  me twice.', 'rang me', 'He X twice.'],
    ['as whole words only', 'Ann met Anna and Joann.', 'Ann', 'X met Anna and Joann.'],
    ['beside letters with accents', 'Zoë and Zoëla', 'Zoë', 'X and Zoëla'],
    ['that end in a mark, inside others', 'He said"wait here"then left.', '"wait here"', 'He saidXthen left.'],
    ['and reads no pattern into them', 'Paid £5 (cash). Not cash.', '(cash)', 'Paid £5 X. Not cash.'],
  ])('%s', (_, text, words, expected) => expect(replaceWords(text, words, 'X')).toBe(expected));

  it('begin a sentence as one begins, and are no pattern either', () => {
    expect(replaceWords('My sister rang. He saw my sister.', 'my sister', 'a relative')).toBe(
      'A relative rang. He saw a relative.',
    );
    expect(replaceWords('Paid to Ann.', 'Ann', '$& $1')).toBe('Paid to $& $1.');
    expect(replaceWords("He knows I’m here, and that I'm not alone.", 'I’m', 'somebody is')).toBe(
      'He knows somebody is here, and that somebody is not alone.',
    );
    expect(replaceWords('Ｍｙ\u00a0sis\u00adter and my sister.', 'my sister', 'a relative')).toBe(
      'A relative and a relative.',
    );
  });

  it.each<[ExposureKind, string, string]>([
    ['kinship', 'my colleague', 'a colleague'],
    ['kinship', 'My sister', 'a relative'],
    ['kinship', 'my sister’s', 'a relative’s'],
    ['kinship', 'fy chwaer', 'a relative'],
    ['kinship', 'our neighbours', 'a person who lives near'],
    ['victim', 'in the refuge on Ashley Hill', 'at a place that is not given here'],
    ['telephone', '07700 900123', 'a telephone number'],
    ['reporter', 'Caller says that', 'it is said that'],
    ['reporter', 'The caller is a nurse', 'a person'],
    ['firstPerson', 'I', 'a person'],
    ['firstPerson', 'my', 'a person’s'],
    ['workplace', 'I work in the control room', 'more is known than is given here'],
  ])('%s: for “%s”', (kind, text, expected) => expect(suggestReplacement({ kind, text }, 'en')).toBe(expected));

  it.each<[ExposureKind, string, string]>([
    ['kinship', 'fy nghydweithiwr', 'cydweithiwr'],
    ['kinship', 'fy chwaer', 'perthynas'],
    ['kinship', 'ein cymdogion', 'rhywun sy’n byw gerllaw'],
    ['kinship', 'my sister’s', 'perthynas'],
    ['victim', 'mewn lloches yn Llandrillo', 'mewn lle nas nodir yma'],
    ['telephone', '07700 900123', 'rhif ffôn'],
    ['witness', 'welais i', 'dywedir'],
    ['firstPerson', 'rydw i', 'mae person'],
    ['firstPerson', 'wrthyf', 'wrth berson'],
    ['firstPerson', 'ein', 'eu'],
    ['workplace', "dw i'n gweithio yn y ddalfa", 'mae mwy yn hysbys nag a roddir yma'],
  ])('in Welsh, %s: for “%s”', (kind, text, expected) =>
    expect(suggestReplacement({ kind, text }, 'cy')).toBe(expected),
  );

  it.each(exposureKindIds)('what is offered for %s is itself no mark, and never a gap', (kind) => {
    const english = ['My friend', 'I work here', 'our', 'I am', 'us', 'my mum’s', 'x'];
    const welsh = ['ein', 'fy nghydweithiwr', 'fy ffrind', 'rydw i', 'ydw i', 'roeddwn', 'bues', 'fyddaf', 'wrthyf'];
    for (const language of ['en', 'cy', 'other'] as const) {
      for (const text of [...english, ...welsh, 'gennyf', 'ataf', 'arnaf', 'imi', 'ni', 'ein cymydog']) {
        const offered = suggestReplacement({ kind, text }, language);
        expect(offered).toMatch(/^\p{L}[\p{L}’ ]+$/u);
        expect(selectMarks(`It was ${offered}, and so on.`, nothingKnown)).toEqual([]);
        expect(selectMarks(`${offered} had it.`, nothingKnown)).toEqual([]);
      }
    }
  });

  it('are offered in Welsh for what is written in Welsh', () => {
    const original = 'Mae ein cydweithwyr yn gwerthu ffeiliau. Ffoniodd fy mrawd. Daeth yno neithiwr.';
    let form = formOf(original);
    const open = () => treatedMarks(original, form, nothingKnown).filter(isOpen);
    for (let turn = 0; turn < 9 && open().length > 0; turn += 1) {
      const [mark] = open();
      if (mark) form = { ...form, ...replaceMark(form, mark, 'cy') };
    }
    expect([form.text, open()]).toEqual([
      'Mae cydweithiwr yn gwerthu ffeiliau. Ffoniodd perthynas. Daeth yno ar ryw adeg.',
      [],
    ]);
  });

  it('resolve each mark of the check that it is asked for', () => {
    const original = 'My neighbour saw it last night. I told my neighbour: my wife rang me Last Night. I work there.';
    let form = formOf(original);
    const open = () => treatedMarks(original, form, nothingKnown).filter(isOpen);
    expect(open().length).toBeGreaterThan(4);
    for (let turn = 0; turn < 20; turn += 1) {
      const [mark] = open();
      if (!mark) break;
      form = { ...form, ...replaceMark(form, mark, 'en') };
    }
    expect(open()).toEqual([]);
    expect(form.text).not.toMatch(/\b(?:my|I|me|neighbour)\b/i);
  });

  it('leave no mark in any report, once each is replaced by what is offered', () => {
    for (const { report } of demoReports({ seed: 7, count: 60, until: '2026-11-20T10:00:00Z' })) {
      const known = { phrases: [], subjects: report.subjects };
      let form = formOf(report.narrative);
      const open = () => treatedMarks(report.narrative, form, known).filter(isOpen);
      const most = 2 * open().length;
      for (let turn = 0; turn < most; turn += 1) {
        const [mark] = open();
        if (mark) form = { ...form, ...replaceMark(form, mark, 'en') };
      }
      expect([form.text, open()]).toEqual([form.text, []]);
    }
  });

  it('leave what is kept, and words within it', () => {
    const original = 'I saw it. I paid.';
    const [saw, paid] = treatedMarks(original, formOf(original), nothingKnown);
    let form = formOf(original);
    form = { ...form, ...keepMark(form, saw?.text ?? '', 'He says so himself.') };
    expect(paid?.text).toBe('I');
    form = { ...form, text: 'I saw it. A person paid.' };
    expect(treatedMarks(original, form, nothingKnown).map(({ text, treatment }) => [text, treatment])).toEqual([
      ['I saw it', 'dismissed'],
      ['I', 'resolved'],
    ]);
  });
});
