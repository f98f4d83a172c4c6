import { describe, expect, test } from 'vitest';
import { decide } from '#shared/domain/case/decide.ts';
import { selectMarks, type TreatedMark } from '#shared/domain/sanitising/exposure.ts';
import { type ExposureKind, selectFileExposures } from '#shared/domain/sanitising/exposure-kinds.ts';
import { occurrences, openMarks } from '#shared/domain/sanitising/exposure-review.ts';
import { sanitisedRecorded } from '#shared/domain/sanitising/sanitised-recorded.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  answers,
  ash,
  at,
  type Expected,
  entry,
  fold,
  item,
  narrative,
  nothingKnown,
  record,
  refused,
  type Step,
  step,
  unit,
  why,
} from './assessment-fixtures.ts';

describe('the reporter-exposure check (College APP: explicit or implied; it helps and does not decide)', () => {
  test.each<[ExposureKind, string, string]>([
    ['firstPerson', 'Then I paid for the van.', 'I'],
    ['witness', 'Then I saw the van.', 'I saw'],
    ['witness', 'He told me that it was done.', 'He told me that'],
    ['firstPerson', 'He looked straight at us.', 'us'],
    ['kinship', 'He beats my sister at home.', 'my sister'],
    ['kinship', 'Seen by his ex-wife.', 'his ex-wife'],
    ['kinship', 'The officer’s partner knows.', 'officer’s partner'],
    ['kinship', 'She lives with the officer.', 'lives with the officer'],
    ['kinship', 'It was my mother-in-law there.', 'my mother-in-law'],
    ['kinship', 'Ask my friend Donna Price there.', 'my friend Donna Price'],
    ['name', 'My name is Priya Nair, and', 'My name is Priya Nair'],
    ['reporter', 'The reporter is a nurse on Ward 7. More.', 'The reporter is a nurse on Ward 7'],
    ['reporter', 'Caller says that PC Tate takes cash.', 'Caller says that'],
    ['reporter', 'They asked not to be named.', 'asked not to be named'],
    ['account', 'Write to jo.bloggs@example.org soon.', 'jo.bloggs@example.org'],
    ['telephone', 'Ring 07700 900123 after six.', '07700 900123'],
    ['telephone', 'Ring +44 7700 900123 now.', '+44 7700 900123'],
    ['account', 'See @quiet_reader there.', '@quiet_reader'],
    ['address', 'At 14 Alder Grove Road, BS3 3JX.', '14 Alder Grove Road, BS3 3JX'],
    ['address', 'At 4 Maes yr Haf now.', '4 Maes yr Haf'],
    ['address', 'Near BS1 4ZZ mostly.', 'BS1 4ZZ'],
    ['vehicle', 'A red car, AB12 CDE, waits.', 'AB12 CDE'],
    ['workplace', 'She works in custody, they say.', 'works in custody'],
    ['workplace', 'I work in the control room and he came.', 'I work in the control room'],
    ['workplace', 'Heard in the canteen by many.', 'in the canteen'],
    ['workplace', 'He is on the same shift.', 'same shift'],
    ['rareDetail', 'He did it, and only two people knew of it there.', 'only two people knew of it there'],
    ['rareDetail', 'There were only two of us on nights.', 'There were only two of us on nights'],
    ['rareDetail', 'He said “keep your mouth shut about it”.', '“keep your mouth shut about it”'],
    ['rareDetail', 'He took £1,250 for it.', '£1,250'],
    ['witnessTime', 'It was 23:40 then.', '23:40'],
    ['witnessTime', 'He left at 3am.', '3am'],
    ['witnessTime', 'At 2340 hours he left.', '2340 hours'],
    ['witnessTime', 'About half past nine.', 'half past nine'],
    ['witnessTime', 'He did it last night.', 'last night'],
  ])('%s: %s', (kind, text, words) => {
    expect(selectMarks(text, nothingKnown)).toContainEqual(
      expect.objectContaining({
        kind,
        text: words,
        start: text.indexOf(words),
        end: text.indexOf(words) + words.length,
      }),
    );
  });

  test.each([
    'The officer is said to check vehicles for payment.',
    'PC Marlow, collar number 4471, of Harbourside, took a bribe in early November 2026.',
    'Inspector Moss misuses the army surplus in Musselburgh.',
  ])('nothing to mark: %s', (text) => expect(selectMarks(text, nothingKnown)).toEqual([]));

  test('files: names and metadata', () => {
    const count = (name: string, type: string) => selectFileExposures({ name, type }).length;
    expect(count('IMG_20261119_221503.jpg', 'image/jpeg')).toBe(2);
    expect(count('Letter by Jo Bloggs.txt', 'text/plain')).toBe(1);
    expect(count('notes.txt', 'text/plain')).toBe(0);
  });
});

const treated = (
  text: string,
  where: TreatedMark['in'],
  treatment: TreatedMark['treatment'],
  reason: string | null,
): TreatedMark[] => selectMarks(text, nothingKnown).map((each) => ({ ...each, in: where, treatment, why: reason }));

describe('no text leaves with an open mark', () => {
  const mark = (data: Partial<TreatedMark>): TreatedMark => ({
    in: 'original',
    kind: 'kinship',
    start: 78,
    end: 87,
    text: 'My sister',
    treatment: 'open',
    why: null,
    ...data,
  });
  const sanitised = (text: string, ...marks: TreatedMark[]) =>
    step('sanitised.recorded', { of: { kind: 'whole' }, text, marks, answers });
  const oneOpen = refuseField('marks', 'marks-open', { count: 1 });

  test.each<[string, Step, Expected]>([
    ['an open mark', sanitised('The officer checks vehicles.', mark({})), oneOpen],
    ['resolved, and gone', sanitised('The officer checks vehicles.', mark({ treatment: 'resolved' })), null],
    [
      'called resolved, and still there',
      sanitised('It is said that my  sister rang.', mark({ treatment: 'resolved' })),
      oneOpen,
    ],
    ['resolved; part of another word stays', sanitised('Economy sisterhood.', mark({ treatment: 'resolved' })), null],
    ['dismissed without a reason', sanitised('My sister rang.', mark({ treatment: 'dismissed' })), oneOpen],
    [
      'dismissed with a reason',
      sanitised('My sister rang.', mark({ treatment: 'dismissed', why: 'Means the officer’s own words.' })),
      null,
    ],
    [
      'one dismissed, one resolved, one left',
      sanitised('My sister rang.', mark({ treatment: 'dismissed', why: 'Quoted.' }), mark({ treatment: 'resolved' })),
      null,
    ],
    [
      'one dismissed, one resolved, two left',
      sanitised(
        'My sister rang my sister.',
        mark({ treatment: 'dismissed', why: 'Quoted.' }),
        mark({ treatment: 'resolved' }),
      ),
      oneOpen,
    ],
  ])('%s', (_, each, expected) => expect(refused(each)).toEqual(expected));

  test('kept within a phrase that stays, they are kept with it', () => {
    const kept = mark({ text: 'I saw', treatment: 'dismissed', why: 'His words.' });
    const gone = mark({ text: 'I', treatment: 'resolved' });
    expect(refused(sanitised('“I saw it”, he said.', kept, gone))).toBeNull();
    expect(refused(sanitised('“I saw it”, he said. I went.', kept, gone))).toEqual(oneOpen);
  });

  test.each(['whoElse', 'findOut', 'closestFriend'] as const)('nor without an answer in words: %s', (question) => {
    const given = (answer: string) =>
      step('sanitised.recorded', {
        of: { kind: 'whole' },
        text: 'The officer checks vehicles.',
        marks: [],
        answers: { ...answers, [question]: answer },
      });
    expect(refused(given('..........'))).toEqual(refuseField(`answers.${question}`, 'answer-in-words'));
    expect(refused(given('0000000000000 no'))).toEqual(refuseField(`answers.${question}`, 'answer-in-words'));
    expect(refused(given('Nobody but him.'))).toBeNull();
    const parsed = sanitisedRecorded.data.safeParse({ ...given('Nobody').event.data });
    expect([...new Set(parsed.error?.issues.map(({ path }) => path.join('.')))]).toEqual([`answers.${question}`]);
  });

  test('of an item that is not there', () => {
    const each = step('sanitised.recorded', { of: { kind: 'item', item: entry(9) }, text: 'Text', marks: [], answers });
    expect(refused(each)).toEqual(refuse('no-such-item'));
  });

  test('at the desk, what this version finds must be dealt with, in the original and in the new text', () => {
    const state = { ...fold(item('checks vehicles for a friend')), holder: ash.id };
    const clean = 'The officer checks vehicles for payment.';
    const sanitise = (text: string, marks: readonly TreatedMark[]) =>
      decide(
        state,
        { type: 'sanitised.recorded', data: { of: { kind: 'whole' }, text, marks, answers } },
        { actor: ash, unit, record, at },
      );
    expect(sanitise(clean, [])).toMatchObject({ ok: false, error: { code: 'marks-unseen', field: 'marks' } });
    const resolved = treated(narrative, 'original', 'resolved', null);
    expect(resolved.length).toBeGreaterThan(3);
    expect(sanitise(clean, resolved).ok).toBe(true);
    expect(sanitise(`${clean} At 14:05 he left.`, resolved)).toEqual({
      ok: false,
      error: refuseField('marks', 'marks-unseen', { count: 1 }),
    });
    const dismissed = treated(`${clean} At 14:05 he left.`, 'sanitised', 'dismissed', why);
    expect(sanitise(`${clean} At 14:05 he left.`, [...resolved, ...dismissed]).ok).toBe(true);
  });

  test('occurrences are whole words', () => {
    expect(occurrences('I, Inspector. I', 'I')).toBe(2);
    expect(occurrences('anything', '')).toBe(0);
  });

  test.each([
    ['the same words', () => 'a'],
    ['other words', (index: number) => 'a '.repeat(index + 1)],
    ['words that are nearly there', (index: number) => `b${'a '.repeat(900)}${index}`],
  ])('a thousand marks of %s, on a text made for it, hold up no replica', (_, words) => {
    const marks = Array.from({ length: 1_000 }, (_, index): TreatedMark => {
      const text = words(index).slice(0, 2_000);
      return { in: 'original', kind: 'kinship', start: 0, end: 1, text, treatment: 'resolved', why: null };
    });
    const started = performance.now();
    expect(openMarks('a '.repeat(25_000), marks).length).toBe(marks.filter(({ text }) => !text.startsWith('b')).length);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
