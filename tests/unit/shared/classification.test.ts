import { describe, expect, test } from 'vitest';
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
