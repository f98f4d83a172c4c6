import { describe, expect, test } from 'vitest';
import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { standards } from '#shared/domain/classification/standards.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { type Expected, refused, type Step, step } from './assessment-fixtures.ts';

describe('categories (HMICFRS: the twelve) and standards (SI 2020/4 Sch 2)', () => {
  const categories = (list: ('drugs' | 'association')[], primary: 'drugs' | 'systems') =>
    step('categories.recorded', { categories: list, primary, why: null });
  test.each<[string, Step, Expected]>([
    ['several, one primary', categories(['drugs', 'association'], 'drugs'), null],
    [
      'a primary that is not among them',
      categories(['association'], 'systems'),
      refuseField('primary', 'primary-not-chosen'),
    ],
    ['one twice', categories(['drugs', 'drugs'], 'drugs'), refuseField('categories', 'category-twice')],
    [
      'a standard twice',
      step('standards.recorded', { standards: ['orders', 'orders'], why: null }),
      refuseField('standards', 'standard-twice'),
    ],
    ['no standard', step('standards.recorded', { standards: [], why: 'Staff' }), null],
  ])('%s', (_, each, expected) => expect(refused(each)).toEqual(expected));
});

test('the names of the ten standards, as a schedule prints them', () => {
  expect(Object.values(standards).map(({ label }) => label)).toEqual([
    'Honesty and Integrity',
    'Authority, Respect and Courtesy',
    'Equality and Diversity',
    'Use of Force',
    'Orders and Instructions',
    'Duties and Responsibilities',
    'Confidentiality',
    'Fitness for Duty',
    'Discreditable Conduct',
    'Challenging and Reporting Improper Conduct',
  ]);
  // The schedule of 2020 itself was not read.
  expect(new Set(Object.values(standards).map(({ standing }) => standing))).toEqual(new Set(['knowledge']));
});

test('the twelve, word for word as the glossary of HMICFRS prints them', () => {
  const printed = [
    'infiltration',
    'disclosure of information',
    'perverting the course of justice',
    'sexual misconduct',
    'controlled drug use and supply',
    'theft and fraud',
    'misusing force systems',
    'abuse of authority',
    'inappropriate association',
    'vulnerability',
    'commit, incite, aid and abet, assist an offender in commission of a crime',
    'other',
  ];
  expect(Object.values(intelligenceCategories).map(({ label }) => label.toLowerCase())).toEqual(printed);
});
