import { expect, test } from 'vitest';
import { sayDecision } from '#renderer/words/policy-log.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { answers, entry, fold, item, step, why } from './assessment-fixtures.ts';

test('the policy log says how many marks stay, and how whoever sanitised answered for the text', () => {
  const kept = { kind: 'witnessTime', in: 'original', start: 59, end: 64, text: '23:40' } as const;
  const marks = [
    { ...kept, treatment: 'dismissed' as const, why },
    { ...kept, kind: 'kinship' as const, text: 'My sister', treatment: 'resolved' as const, why: null },
  ];
  const whole = { of: { kind: 'whole' as const }, text: 'He checks vehicles at 23:40.', marks, answers };
  const again = { ...whole, text: 'He checks vehicles.', marks: [] };
  const ofItem = { ...again, of: { kind: 'item' as const, item: entry(2) } };
  const state = fold(
    item('checks vehicles'),
    step('sanitised.recorded', whole),
    { ...step('sanitised.recorded', again), replaces: [entry(3)] },
    step('sanitised.recorded', ofItem),
  );
  const lines = selectPolicyLog(state);
  expect(lines.map(({ superseded }) => superseded)).toEqual([true, false, false]);
  expect(lines.map((line) => sayDecision(line).decision)).toEqual([
    'Sanitised text of the referral recorded. Marks of the check: 1 replaced, 1 kept with a reason.',
    'Sanitised text of the referral recorded. Marks of the check: 0 replaced, 0 kept with a reason.',
    'Sanitised text of item 1 recorded. Marks of the check: 0 replaced, 0 kept with a reason.',
  ]);
  const [first] = lines;
  expect(first && sayDecision(first).rationale).toBe(
    `Who else could know this? ${answers.whoElse}\nWhat would the subject do to find out who told? ${answers.findOut}\nHow does it read to the subject’s closest friend? ${answers.closestFriend}`,
  );
});
