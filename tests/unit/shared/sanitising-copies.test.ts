import { describe, expect, test } from 'vitest';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { decide } from '#shared/domain/case/decide.ts';
import { selectConflicts } from '#shared/domain/case/summarise-assessment.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { attachmentSanitised, copiesOf, copyName, selectCopy } from '#shared/domain/sanitising/attachment-sanitised.ts';
import { removedKinds } from '#shared/domain/sanitising/removed-kinds.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import {
  ash,
  at,
  bo,
  caseId,
  delivered,
  type Expected,
  entry,
  foldAll,
  record,
  risk,
  type Step,
  step,
  unit,
} from './assessment-fixtures.ts';

/** 43 characters of which the last has no bits to spare. */
const keyOf = (letter: string) => `${letter.repeat(42)}A`;
const digest = (letter: string) => keyOf(letter) as Digest;
const file = (name: string, type: Attachment['type'], letter: string): Attachment => ({
  ...{ name, type, size: 9, digest: digest(letter), key: keyOf(letter), chunks: [digest(letter)] },
});
const attachments = [
  file('IMG_20261119.jpg', 'image/jpeg', 'A'),
  file('Letter by Jo Bloggs.pdf', 'application/pdf', 'B'),
  file('screen.png', 'image/png', 'C'),
];

type Made = DataOf<'attachment.sanitised'>;
const made = (change: Partial<Made> = {}, copy: Partial<Attachment> = {}): Made => ({
  attachment: 0,
  original: digest('A'),
  copy: { ...file('attachment-1.jpg', 'image/jpeg', 'X'), ...copy },
  removed: ['name', 'encoding', 'metadata'],
  ...change,
});
const sanitised = (data: Made, more: Omit<Step, 'event'> = {}): Step => step('attachment.sanitised', data, more);

const received = delivered({}, { attachments });
const fold = (...steps: readonly Step[]): CaseState => foldAll([received, ...steps]);
const refused = (...steps: readonly Step[]) => fold(...steps).activity.at(-1)?.refused;

describe('a sanitised copy of an attachment (College APP: what identifies the source stays behind)', () => {
  test.each<[string, Made, Expected]>([
    ['of what the referral holds', made(), null],
    ['a JPEG become a PNG', made({}, { name: 'attachment-1.png', type: 'image/png' }), null],
    [
      'a PNG become a JPEG',
      made({ attachment: 2, original: digest('C') }, { name: 'attachment-3.jpg', type: 'image/jpeg' }),
      null,
    ],
    ['of an attachment that is not there', made({ attachment: 3 }), refuse('no-such-attachment')],
    ['of another file', made({ original: digest('B') }), refuse('copy-of-another-file')],
    ['of another type', made({}, { name: 'attachment-1.txt', type: 'text/plain' }), refuse('copy-of-another-type')],
    [
      'a PDF become a picture',
      made({ attachment: 1, original: digest('B') }, { name: 'attachment-2.png', type: 'image/png' }),
      refuse('copy-of-another-type'),
    ],
    ['under the name that it came with', made({}, { name: 'IMG_20261119.jpg' }), refuse('copy-name-tells')],
    ['under the name of another place', made({}, { name: 'attachment-2.jpg' }), refuse('copy-name-tells')],
    ['under the original’s key', made({}, { key: keyOf('A') }), refuse('copy-under-original-key')],
  ])('%s', (_, data, expected) => expect(refused(sanitised(data))).toEqual(expected));

  test('names say place and type', () => {
    expect(copyName(1, 'application/pdf')).toBe('attachment-2.pdf');
    expect(copyName(9, 'text/plain')).toBe('attachment-10.txt');
  });

  test('the schema takes what the table knows, and nothing else', () => {
    const { data } = attachmentSanitised;
    expect(data.safeParse(made()).success).toBe(true);
    expect(data.safeParse({ ...made(), removed: ['everything'] }).success).toBe(false);
    expect(data.safeParse({ ...made(), attachment: -1 }).success).toBe(false);
    for (const { label, source } of Object.values(removedKinds)) expect(label && source).toBeTruthy();
  });

  test('superseded, never edited; each attachment by itself', () => {
    const of3 = made({ attachment: 2, original: digest('C') }, { name: 'attachment-3.png', type: 'image/png' });
    const again = made({}, { key: keyOf('Y') });
    const assessment = fold(sanitised(made()), sanitised(of3), sanitised(again, { actor: bo }));
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
      sanitised(made({}, { key: keyOf('Y') }), { actor: bo, seen: 1 }),
    );
    expect(selectConflicts(twice)).toEqual([]);
    expect(selectCopy(twice, 0)?.entry).toBe(entry(3));
  });

  test('a case that was assessed otherwise has none, and takes one', () => {
    const state = fold(risk());
    expect([0, 1, 2].map((attachment) => selectCopy(state, attachment))).toEqual([null, null, null]);
    const next = fold(risk(), sanitised(made()));
    expect(selectCopy(next, 0)?.entry).toBe(entry(3));
    expect(next.risk).toEqual(state.risk);
  });

  test('at the desk, only who has the case makes one', () => {
    const command = { type: 'attachment.sanitised' as const, case: caseId, data: made() };
    const asking = { actor: ash, unit, record, at };
    const state = fold();
    expect(decide(state, command, asking)).toEqual({
      ok: false,
      error: refuse('take-first'),
    });
    expect(decide({ ...state, holder: ash.id }, command, asking)).toMatchObject({
      ok: true,
      value: { type: 'attachment.sanitised' },
    });
  });
});
