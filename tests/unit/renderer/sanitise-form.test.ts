import { describe, expect, it } from 'vitest';
import { takeOut, treatedMarks } from '#renderer/features/assessment/steps/sanitise-form.ts';
import { sanitisedRecorded } from '#shared/domain/sanitising/sanitised-recorded.ts';

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
  ])('%s: it is marked at once, and an entry holds the marks', (_, original) => {
    const form = { text: original, dismissed: [] };
    const started = performance.now();
    const marks = treatedMarks(original, form, []);
    expect(performance.now() - started).toBeLessThan(3_000);
    const data = { of: { kind: 'whole' }, text: original, marks };
    expect(sanitisedRecorded.data.safeParse(data).error).toBeUndefined();
    // Nothing that is still there passes as resolved.
    const first = marks.find((mark) => mark.in === 'original');
    expect(first?.treatment ?? 'open').toBe('open');
    const anew = treatedMarks(original, { text: 'Written anew.', dismissed: [] }, []);
    expect(anew.filter(({ treatment }) => treatment === 'open')).toEqual([]);
  });
});

describe('taking words out of a text', () => {
  it.each([
    ['wherever they stand', 'I saw him. So I saw her.', 'I saw', '[removed] him. So [removed] her.'],
    ['whatever their case', 'My neighbour said so to my neighbour.', 'My neighbour', '[removed] said so to [removed].'],
    ['however they are spaced', 'He rang\n  me twice.', 'rang me', 'He [removed] twice.'],
    ['as whole words only', 'Ann met Anna and Joann.', 'Ann', '[removed] met Anna and Joann.'],
    ['beside letters with accents', 'Zoë and Zoëla', 'Zoë', '[removed] and Zoëla'],
    ['that end in a mark, inside others', 'He said"wait here"then left.', '"wait here"', 'He said[removed]then left.'],
    ['and reads no pattern into them', 'Paid £5 (cash). Not cash.', '(cash)', 'Paid £5 [removed]. Not cash.'],
  ])('%s', (_, text, words, expected) => expect(takeOut(text, words)).toBe(expected));

  it('resolves each mark of the check that it is asked for', () => {
    const original = 'My neighbour saw it last night. I told my neighbour: my wife rang me Last Night.';
    let form = { text: original, dismissed: [] };
    const open = () => treatedMarks(original, form, []).filter(({ treatment }) => treatment === 'open');
    for (let turn = 0; open().length > 0 && turn < 20; turn += 1) {
      form = { ...form, text: takeOut(form.text, open()[0]?.text ?? '') };
    }
    expect(open()).toEqual([]);
  });
});
