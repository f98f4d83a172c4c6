import { describe, expect, test } from 'vitest';
import { sayPriority } from '#renderer/words/assessment.ts';
import { summarise } from '#shared/domain/case/case-summary.ts';
import { type ExplainedPriority, selectAssessedPriority } from '#shared/domain/priority/assessed-priority.ts';
import type { Priority } from '#shared/domain/priority/priorities.ts';
import { type PriorityReason, priorityRules } from '#shared/domain/priority/priority-rules.ts';
import { reportWith } from '#tests/support/referrals.ts';
import { bo, fold, grade, harm, item, met, person, risk, type Step, step, why } from './assessment-fixtures.ts';

const quiet = reportWith();
const loud = reportWith({ peopleAtRisk: [{ who: 'Partner', risk: 'Threats', urgency: 'high' }] });
const of = (report = quiet, ...steps: Step[]) => selectAssessedPriority(fold(...steps), report);
const set = (priority: Priority | null, more: Omit<Step, 'event'> = {}) =>
  step('priority.overridden', { priority, why }, more);

describe('priority from recorded answers (local policy; THRIVE)', () => {
  test.each<[Priority, PriorityReason, string, Step[]]>([
    [
      'immediate',
      'critical-risk',
      'someone is at critical risk',
      [risk({ atRiskNow: 'yes', people: [person('critical')] }), harm()],
    ],
    ['immediate', 'threat-immediate', 'the threat is immediate', [risk(), harm({ threat: 'immediate' })]],
    [
      'high',
      'at-risk-now',
      'someone is at risk now',
      [risk({ atRiskNow: 'yes', people: [person('standard')] }), harm()],
    ],
    ['high', 'high-risk', 'someone is at high risk', [risk({ people: [person('high')] }), harm()]],
    [
      'high',
      'threat-credible-harm-serious',
      'the threat is credible and the harm serious',
      [risk(), harm({ threat: 'credible', harm: 'serious' })],
    ],
    [
      'high',
      'vulnerable-and-likely',
      'someone is vulnerable and it is likely to happen',
      [risk(), harm({ vulnerability: 'present', risk: 'high' })],
    ],
    [
      'raised',
      'at-risk-unknown',
      'it is not known whether anyone is at risk',
      [risk({ atRiskNow: 'unknown' }), harm()],
    ],
    ['raised', 'medium-risk', 'someone is at medium risk', [risk({ people: [person('medium')] }), harm()]],
    ['raised', 'must-be-referred', 'it must be referred to the IOPC', [risk(), harm(), met()]],
    ['raised', 'threat-credible', 'the threat is credible', [risk(), harm({ threat: 'credible' })]],
    ['raised', 'harm-serious', 'the harm is serious', [risk(), harm({ harm: 'serious' })]],
    ['raised', 'vulnerable', 'someone is vulnerable', [risk(), harm({ vulnerability: 'present' })]],
    ['raised', 'evidence-perishable', 'evidence may soon be lost', [risk(), harm({ investigation: 'perishable' })]],
    [
      'raised',
      'threat-and-harm-unknown',
      'neither the threat nor the harm is known',
      [risk(), harm({ threat: 'unknown', harm: 'unknown' })],
    ],
    [
      'raised',
      'vulnerable-perhaps',
      'someone may be vulnerable to harm',
      [risk(), harm({ vulnerability: 'possible', harm: 'moderate' })],
    ],
    ['standard', 'nothing-calls-for-more', 'no answer calls for more', [risk(), harm()]],
  ])('%s, %s: %s', (priority, because, words, steps) => {
    const explained = of(quiet, ...steps);
    expect(explained).toMatchObject({ priority, computed: priority });
    expect(explained?.because).toContain(because);
    expect(explained && sayPriority(explained)).toContain(words);
  });

  test('every row of the table has a case above', () => expect(priorityRules).toHaveLength(15));

  test('grades play no part: a risk is not less urgent for being untested', () => {
    const steps = [risk(), harm({ threat: 'immediate' })];
    const doubted = grade(4, { assessment: 'E', judgedBy: 'DS Vale', why: 'Contradicted.' });
    expect(of(quiet, ...steps, item('checks vehicles'), doubted)).toEqual(of(quiet, ...steps));
  });

  test('nothing assessed, no assessed priority', () => expect(of()).toBeNull());

  test('half an assessment lowers nothing that the contact centre recorded; a whole one may', () => {
    expect(of(loud, risk())).toMatchObject({ priority: 'high', because: ['contact-centre'] });
    expect(sayPriority(of(loud, risk()) as ExplainedPriority)).toBe('High: what was received calls for it.');
    expect(of(loud, risk(), harm())?.priority).toBe('standard');
  });

  test('of two answers in conflict the graver counts', () => {
    expect(of(quiet, harm(), risk({ atRiskNow: 'unknown' }), risk({}, { actor: bo, seen: 2 }))?.priority).toBe(
      'raised',
    );
  });

  test('an override wins, is shown, and can be lifted', () => {
    const steps = [risk(), harm(), set('high')];
    const explained = of(quiet, ...steps);
    expect(explained).toMatchObject({ priority: 'high', computed: 'standard', override: { why } });
    expect(explained && sayPriority(explained)).toBe(
      `High, set by a person: ${why} The answers give Standard: no answer calls for more.`,
    );
    expect(of(quiet, ...steps, set(null))).toMatchObject({ priority: 'standard', override: null });
    expect(of(quiet, ...steps, set('immediate', { actor: bo, seen: 3 }))?.priority).toBe('immediate');
  });

  test('the queue has it', () => {
    const summary = summarise(fold(risk(), harm({ threat: 'immediate' }), met()));
    expect(summary).toMatchObject({
      priority: 'immediate',
      assessed: { priority: 'immediate', isOverridden: false, iopcDueAt: '2026-11-20T23:59:59.999Z', conflict: false },
    });
    expect(summarise(fold()).assessed).toBeUndefined();
  });
});
