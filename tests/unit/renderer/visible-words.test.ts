import { expect, test } from 'vitest';
import { sayReason } from '#renderer/words/match-reasons.ts';
import { unfitName } from '#renderer/words/names.ts';
import { say } from '#renderer/words/say.ts';
import { saySubject, saySubjects } from '#renderer/words/subjects.ts';
import { longestName } from '#shared/domain/membership/member-named.ts';

/* What an outsider wrote goes through these on its way to rows, titles, the palette, labels and print. */

const odd = 'Ellis\u202e\u3164wolraM';
const shown = 'Ellis[U+202E][U+3164]wolraM';

test('what a sentence is made of is seen in it', () => {
  expect(saySubject({ role: 'P\u00adC', name: odd })).toBe(`P[U+00AD]C ${shown}`);
  expect(saySubjects({ role: 'PC', name: odd, others: 2 })).toBe(`PC ${shown} and 2 more`);
  expect(sayReason({ code: 'same-name', params: { name: odd } })).toBe(`Same name ${shown}`);
  expect(say({ code: 'name-of-another', params: { name: odd } })).toContain(shown);
});

test('why a name cannot be signed is said before keys are made', () => {
  const missing = 'Enter your name.';
  for (const name of ['', ' ', '\u3164', '\u2800 \u00ad']) expect(unfitName(name, missing)).toBe(missing);
  expect(unfitName(odd, missing)).toBe(say({ code: 'has-unseen', params: {} }));
  expect(unfitName('a'.repeat(longestName + 1), missing)).toContain(String(longestName));
  for (const name of ['Sal Penrose', 'Ö', 'a'.repeat(longestName), '👩🏽‍⚖️'])
    expect(unfitName(name, missing)).toBeNull();
});
