import { describe, expect, test } from 'vitest';
import { isMatchOpen, selectLinks } from '#shared/domain/links/links.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import {
  bo,
  caseId,
  type Expected,
  entry,
  fold,
  otherCase,
  refused,
  type Step,
  step,
  why,
} from './assessment-fixtures.ts';

const linked = (kind: 'repeat' | 'duplicate' = 'repeat') =>
  step('referral.linked', { case: otherCase, reference: 'PA-000002', kind, why: 'Same collar number' });
const rejected = step('match.rejected', { case: otherCase, reference: 'PA-000002', why: 'Another officer' });

describe('repeat and duplicate referrals: each step reversible, with dates and authors kept', () => {
  test.each<[string, Step[], Expected]>([
    [
      'linked to itself',
      [step('referral.linked', { case: caseId, reference: 'PA-000001', kind: 'repeat', why: 'Same' })],
      refuse('link-to-itself'),
    ],
    ['linked twice', [linked(), linked('duplicate')], refuse('linked-already')],
    ['linked by two who did not know', [linked(), { ...linked(), actor: bo, seen: 1 }], null],
    ['unlinked', [linked(), step('referral.unlinked', { link: entry(2), why })], null],
    [
      'unlinked twice',
      [
        linked(),
        step('referral.unlinked', { link: entry(2), why }),
        step('referral.unlinked', { link: entry(2), why }),
      ],
      refuse('no-such-link'),
    ],
    ['linked again', [linked(), step('referral.unlinked', { link: entry(2), why }), linked('duplicate')], null],
    ['rejected twice', [rejected, rejected], refuse('rejected-already')],
    ['restored', [rejected, step('match.restored', { rejection: entry(2), why: 'Same after all' })], null],
    [
      'restored, though never rejected',
      [step('match.restored', { rejection: entry(9), why: 'Same' })],
      refuse('no-such-rejection'),
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test('a match is open until it is judged, and again once that is taken back', () => {
    expect(isMatchOpen(fold(), otherCase)).toBe(true);
    expect(isMatchOpen(fold(linked()), otherCase)).toBe(false);
    expect(isMatchOpen(fold(rejected), otherCase)).toBe(false);
    const back = fold(linked(), step('referral.unlinked', { link: entry(2), why }));
    expect([isMatchOpen(back, otherCase), selectLinks(back).length, back.links.length]).toEqual([true, 0, 1]);
  });
});
