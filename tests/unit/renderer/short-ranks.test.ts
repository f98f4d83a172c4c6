import { expect, test } from 'vitest';
import { saySubjects, saySubjectsShort } from '#renderer/words/subjects.ts';

test.each([
  ['Police Constable', 'PC'],
  ['constable', 'PC'],
  ['Detective  Constable', 'DC'],
  ['POLICE SERGEANT', 'PS'],
  ['Detective Sergeant', 'DS'],
  ['Inspector', 'Insp'],
  ['Detective Inspector', 'DI'],
  ['Detective Chief Inspector', 'DCI'],
  ['Special Constable', 'SC'],
  ['PC', 'PC'],
  ['Custody detention officer', 'Custody detention officer'],
  ['Person', 'Person'],
  ['constructor', 'constructor'],
  ['__proto__', '__proto__'],
])('%s is %s in a list', (role, short) => {
  const line = { role, name: 'Ellis Marlow', others: 1 };
  expect(saySubjectsShort(line)).toBe(`${short} Ellis Marlow and 1 more`);
  expect(saySubjects(line)).toBe(`${role} Ellis Marlow and 1 more`);
  expect(saySubjectsShort({ ...line, name: null, others: 0 })).toBe(`${short}, unnamed`);
});

test('nobody', () => expect(saySubjectsShort(null)).toBe('Nobody named'));
