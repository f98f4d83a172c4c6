import { describe, expect, test } from 'vitest';
import { takenOver } from '#shared/domain/case/apply-to-case.ts';
import { readerAdded } from '#shared/domain/readers/reader-added.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import {
  ash,
  bo,
  type Expected,
  fold,
  otherCase,
  refused,
  type Step,
  sal,
  step,
  unit,
  why,
} from './assessment-fixtures.ts';

/* Who may be given one case, by whom, and what that changes of it. */

const add = (reader: string, more: Parameters<typeof step>[2] = { actor: sal }): Step =>
  step('reader.added', { reader: reader as MemberId, why }, more);
const rule = readerAdded.rule as NonNullable<typeof readerAdded.rule>;
const about = (code: string, params = {}): Expected => ({ code, field: 'reader', params }) as Expected;

describe('a member is given a case', () => {
  test.each<readonly [what: string, steps: readonly Step[], Expected]>([
    ['by a supervisor', [add(bo.id)], null],
    ['by a supervisor who does not have it', [step('case.taken', {}), add(bo.id)], null],
    [
      'not by an analyst',
      [add(bo.id, { actor: ash })],
      { code: 'not-allowed', params: { action: 'addReader', roles: ['supervisor'] } },
    ],
    ['not by the endpoint', [add(bo.id, { actor: null })], { code: 'not-by-endpoint', params: {} }],
    ['not by themselves', [add(sal.id)], about('reader-oneself')],
    ['not twice', [add(bo.id), add(bo.id)], about('reader-already')],
    ['beside another', [add(bo.id), add(ash.id)], null],
    ['not while they are suspended', [add('kim')], about('reader-not-in-force')],
    ['not once their membership has ended', [add('lee')], about('reader-not-in-force')],
    ['not where they are of no unit', [add('nobody')], about('reader-not-in-force')],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test('and is named with the reasons', () => {
    const { readers } = fold(add(bo.id), add(ash.id));
    expect(readers).toMatchObject([
      { reader: bo.id, why, by: sal.id, position: 2 },
      { reader: ash.id, why, by: sal.id, position: 3 },
    ]);
  });

  test('which a refused one is not', () => {
    expect(fold(add(bo.id), add(bo.id), add('lee')).readers).toHaveLength(1);
  });

  test('and 16 are, and no more', () => {
    const asked = (count: number) => {
      const readers = Array.from({ length: count }, (_, index) => ({ reader: `reader ${index}` }));
      const context = { actor: sal, unit, case: { readers } } as unknown as Parameters<typeof rule>[1];
      return rule({ reader: bo.id, why }, context);
    };
    expect(asked(15)).toBeNull();
    expect(asked(16)).toEqual(about('too-many-readers', { maximum: 16 }));
  });

  test('until it goes on in another stream', () => {
    const state = fold(add(bo.id));
    expect(takenOver(state, otherCase)).toEqual({ ...state, id: otherCase, readers: [] });
  });
});
