import { describe, expect, test } from 'vitest';
import type { AssessmentData } from '#shared/domain/assessment/assessment-events.ts';
import { assessmentEvents } from '#shared/domain/assessment/assessment-events.ts';
import { assessmentOf } from '#shared/domain/assessment/assessment-of.ts';
import { selectConflicts } from '#shared/domain/assessment/conflicts.ts';
import { decideAssessment } from '#shared/domain/assessment/decide-assessment.ts';
import { copiesOf, copyName, selectCopy } from '#shared/domain/assessment/sanitised-copies.ts';
import { removedKinds } from '#shared/domain/assessment/tables/removed-kinds.ts';
import { applyToCase } from '#shared/domain/case/apply-case.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { ash, at, bo, caseId, entry, risk, type Step, step } from './assessment-fixtures.ts';

const digest = (letter: string) => letter.repeat(43) as Digest;
const file = (name: string, type: Attachment['type'], letter: string): Attachment => ({
  ...{ name, type, size: 9, digest: digest(letter), key: letter.repeat(43), chunks: [digest(letter)] },
});
const attachments = [
  file('IMG_20261119.jpg', 'image/jpeg', 'A'),
  file('Letter by Jo Bloggs.pdf', 'application/pdf', 'B'),
  file('screen.png', 'image/png', 'C'),
];

type Made = AssessmentData<'attachment.sanitised'>;
const made = (change: Partial<Made> = {}, copy: Partial<Attachment> = {}): Made => ({
  attachment: 0,
  original: digest('A'),
  copy: { ...file('attachment-1.jpg', 'image/jpeg', 'X'), ...copy },
  removed: ['name', 'encoding', 'metadata'],
  ...change,
});
const sanitised = (data: Made, more: Omit<Step, 'event'> = {}): Step => step('attachment.sanitised', data, more);

function fold(...steps: readonly Step[]): CaseState {
  const received: Step = {
    event: { type: 'referral.received', at, data: referralWith({}, { attachments }) },
    actor: null,
  };
  let state: CaseState | null = null;
  for (const [index, { event, actor = ash, seen = index }] of [received, ...steps].entries()) {
    const signed = { entry: entry(index + 1), at, by: actor?.id ?? null, position: index + 1, seen };
    state = applyToCase(state, caseId, event, actor, signed);
  }
  if (!state) throw new Error('no case');
  return state;
}
const refused = (...steps: readonly Step[]) => fold(...steps).activity.at(-1)?.refused;

describe('a sanitised copy of an attachment (College APP: what identifies the source stays behind)', () => {
  test.each<[string, Made, string | null]>([
    ['of what the referral holds', made(), null],
    ['a JPEG become a PNG', made({}, { name: 'attachment-1.png', type: 'image/png' }), null],
    [
      'a PNG become a JPEG',
      made({ attachment: 2, original: digest('C') }, { name: 'attachment-3.jpg', type: 'image/jpeg' }),
      null,
    ],
    ['of an attachment that is not there', made({ attachment: 3 }), 'There is no such attachment.'],
    ['of another file', made({ original: digest('B') }), 'The copy was made of another file than the referral holds.'],
    [
      'of another type',
      made({}, { name: 'attachment-1.txt', type: 'text/plain' }),
      'The copy is of another type than the attachment.',
    ],
    [
      'a PDF become a picture',
      made({ attachment: 1, original: digest('B') }, { name: 'attachment-2.png', type: 'image/png' }),
      'The copy is of another type than the attachment.',
    ],
    [
      'under the name that it came with',
      made({}, { name: 'IMG_20261119.jpg' }),
      'The name of the copy must say nothing but its place and type.',
    ],
    [
      'under the name of another place',
      made({}, { name: 'attachment-2.jpg' }),
      'The name of the copy must say nothing but its place and type.',
    ],
    [
      'under the original’s key',
      made({}, { key: 'A'.repeat(43) }),
      'The copy is sealed under the key of the original.',
    ],
  ])('%s', (_, data, expected) => expect(refused(sanitised(data))).toBe(expected));

  test('names say place and type', () => {
    expect(copyName(1, 'application/pdf')).toBe('attachment-2.pdf');
    expect(copyName(9, 'text/plain')).toBe('attachment-10.txt');
  });

  test('the schema takes what the table knows, and nothing else', () => {
    const { data } = assessmentEvents['attachment.sanitised'];
    expect(data.safeParse(made()).success).toBe(true);
    expect(data.safeParse({ ...made(), removed: ['everything'] }).success).toBe(false);
    expect(data.safeParse({ ...made(), attachment: -1 }).success).toBe(false);
    for (const { label, source } of Object.values(removedKinds)) expect(label && source).toBeTruthy();
  });

  test('superseded, never edited; each attachment by itself', () => {
    const of3 = made({ attachment: 2, original: digest('C') }, { name: 'attachment-3.png', type: 'image/png' });
    const again = made({}, { key: 'Y'.repeat(43) });
    const assessment = assessmentOf(fold(sanitised(made()), sanitised(of3), sanitised(again, { actor: bo })));
    expect(copiesOf(assessment, 0).map(({ copy, by }) => [copy.key[0], by])).toEqual([
      ['X', ash.id],
      ['Y', bo.id],
    ]);
    expect(selectCopy(assessment, 0)?.entry).toBe(entry(4));
    expect(selectCopy(assessment, 2)?.entry).toBe(entry(3));
    expect(selectCopy(assessment, 1)).toBeNull();
  });

  test('two without sight of each other are no conflict, and every replica takes the same', () => {
    const twice = fold(
      sanitised(made(), { seen: 1 }),
      sanitised(made({}, { key: 'Y'.repeat(43) }), { actor: bo, seen: 1 }),
    );
    expect(selectConflicts(assessmentOf(twice))).toEqual([]);
    expect(selectCopy(assessmentOf(twice), 0)?.entry).toBe(entry(3));
  });

  test('a case that an earlier version stored has none, and takes one', () => {
    const state = fold(risk());
    const { copies: _, ...older } = assessmentOf(state);
    const stored = JSON.parse(JSON.stringify({ ...state, assessment: older })) as CaseState;
    expect(selectCopy(assessmentOf(stored), 0)).toBeNull();
    const signed = { entry: entry(9), at, by: ash.id, position: 9, seen: 8 };
    const next = applyToCase(stored, caseId, sanitised(made()).event, ash, signed);
    expect(next && selectCopy(assessmentOf(next), 0)?.entry).toBe(entry(9));
    expect(next && assessmentOf(next).risk).toHaveLength(1);
  });

  test('at the desk, only who has the case makes one', () => {
    const command = { type: 'sanitiseAttachment' as const, case: caseId, data: made() };
    const state = fold();
    expect(decideAssessment(state, command, ash, at)).toEqual({
      ok: false,
      error: 'Take the case before you assess it.',
    });
    expect(decideAssessment({ ...state, holder: ash.id }, command, ash, at)).toMatchObject({
      ok: true,
      value: { type: 'attachment.sanitised' },
    });
  });
});
