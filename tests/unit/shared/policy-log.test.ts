import { expect, test } from 'vitest';
import { type PolicyWords, policySubjects, sayDecision } from '#renderer/words/policy-log.ts';
import { selectPolicyLog, undecided } from '#shared/domain/case/policy-log.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { entry, fold, foldAll, harm, item, person, risk, type Step, step, why } from './assessment-fixtures.ts';
import { everyByHand, everyEvent } from './every-event.ts';

const decisive = eventList.flatMap(({ stream, type }) =>
  stream === 'case' && !(undecided as readonly string[]).includes(type) ? [type] : [],
);

test.each(decisive)('%s stands in the log with words, wherever it was recorded', (type) => {
  const history = everyByHand.some(({ event }) => event.type === type) ? everyByHand : everyEvent;
  const recorded = history.flatMap(({ event }, index) => (event.type === type ? [entry(index + 1)] : []));
  expect(recorded.length).toBeGreaterThan(0);
  const lines = selectPolicyLog(foldAll(history)).filter(({ kind }) => kind === type);
  expect(lines.map(({ decided }) => decided.entry)).toEqual(recorded);
  for (const line of lines) {
    expect(sayDecision(line).decision).toMatch(/^[A-Z][^\n]{8,}$/);
    expect(sayDecision(line).decision).not.toMatch(/undefined|null|\[object/);
    expect(policySubjects[line.kind]).toMatch(/^[A-Z]/);
  }
});

test('nothing else stands in it, and it follows the log', () => {
  const log = selectPolicyLog(foldAll(everyEvent));
  const expected = everyEvent.flatMap(({ event }, index) =>
    (undecided as readonly string[]).includes(event.type) ? [] : [entry(index + 1)],
  );
  expect(log.map(({ decided }) => decided.entry)).toEqual(expected);
});

const lastOf = (...steps: readonly Step[]): PolicyWords => {
  const line = selectPolicyLog(fold(...steps)).at(-1);
  if (!line) throw new Error('no line');
  return sayDecision(line, { ['bo' as MemberId]: 'Ben Okafor' });
};
const linked = step('referral.linked', {
  case: '30000000-0000-4000-8000-000000000002' as never,
  reference: 'PA-000002',
  kind: 'repeat',
  why: 'Same subject',
});

test.each<[string, readonly Step[], PolicyWords]>([
  [
    'who is at risk, how gravely and what is done',
    [risk({ atRiskNow: 'yes', people: [person('high')] })],
    {
      decision: 'Someone is at risk now. Partner: high (Threats). Reduce.',
      rationale: `${why}\nPartner: Safe contact made.`,
    },
  ],
  [
    'the six answers',
    [harm({ threat: 'credible' })],
    {
      decision:
        'Threat: Credible; Harm: None; Risk: Low; Investigation: Nothing to find; Vulnerability: None; Engagement: None possible.',
      rationale: why,
    },
  ],
  [
    'a withdrawn item by its number',
    [item('checks vehicles'), item('My sister'), step('item.withdrawn', { item: entry(3), why })],
    { decision: 'Item 2 withdrawn.', rationale: why },
  ],
  [
    'the leading category first',
    [step('categories.recorded', { categories: ['drugs', 'association'], primary: 'association', why: null })],
    { decision: 'Category: Inappropriate association; also Controlled drug use and supply.', rationale: '' },
  ],
  ['a link', [linked], { decision: 'Repeat of PA-000002.', rationale: 'Same subject' }],
  [
    'that it was taken back',
    [linked, step('referral.unlinked', { link: entry(2), why })],
    { decision: 'Link to PA-000002 withdrawn.', rationale: why },
  ],
])('it says %s', (_, steps, words) => expect(lastOf(...steps)).toEqual(words));

test('what was taken back says so; taking back stays in force', () => {
  const log = selectPolicyLog(fold(linked, step('referral.unlinked', { link: entry(2), why })));
  expect(log.map(({ kind, superseded }) => [kind, superseded])).toEqual([
    ['referral.linked', true],
    ['referral.unlinked', false],
  ]);
});

test('a mark of the check that stays in a sanitised text is a decision with its reason, and its words are not repeated', () => {
  const mark = { in: 'original', kind: 'kinship', start: 0, end: 9, text: 'My sister' } as const;
  const words = lastOf(
    step('sanitised.recorded', {
      of: { kind: 'whole' },
      text: 'My sister told me.',
      marks: [
        { ...mark, treatment: 'dismissed', why: 'The subject has no sister.' },
        { ...mark, kind: 'telephone', text: '07700 900123', treatment: 'resolved', why: null },
      ],
      answers: { whoElse: 'All of the shift.', findOut: 'He would ask around.', closestFriend: 'As station talk.' },
    }),
  );
  expect(words).toEqual({
    decision: 'Sanitised text of the referral recorded. One mark of the check stays.',
    rationale: [
      'Relationship: The subject has no sister.',
      'Who else could know this? All of the shift.',
      'What would the subject do to find out who told? He would ask around.',
      'How does it read to the subject’s closest friend? As station talk.',
    ].join('\n'),
  });
});
