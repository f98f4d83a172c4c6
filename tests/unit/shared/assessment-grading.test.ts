import { describe, expect, test } from 'vitest';
import { defaultGrade, gradeCode, gradingWarnings, selectGrade } from '#shared/domain/assessment/grading.ts';
import {
  ash,
  assess,
  bo,
  caseId,
  entry,
  grade,
  item,
  narrative,
  otherCase,
  refused,
  type Step,
  step,
  why,
} from './assessment-fixtures.ts';

const words = 'checks vehicles';
const judged = { judgedBy: 'DS Vale', why: 'Contradicted by the duty roster.' };
const link = (kind: 'repeat' | 'duplicate') =>
  step('referral.linked', { case: otherCase, reference: 'PA-000002', kind, why: 'Same subject' });
const conditions = { action: 'A1', sanitisation: 'S2', other: null } as const;

describe('3x5x2 (College of Policing APP)', () => {
  test('an item has 2-D-C until it is graded', () => {
    const [only] = assess(item(words)).items;
    expect(only && gradeCode(selectGrade(only).grade)).toBe('2-D-C');
  });

  test.each<[string, Step[], string | null]>([
    ['the default may be recorded as it is', [item(words), grade(2)], null],
    ['1 is allowed, and warns', [item(words), grade(2, { source: '1' })], null],
    ['A is allowed, and warns', [item(words), grade(2, { assessment: 'A' })], null],
    [
      'B needs what corroborates it',
      [item(words), grade(2, { assessment: 'B' })],
      'Assessment B needs a link to what corroborates it.',
    ],
    [
      'B with another referral',
      [item(words), grade(2, { assessment: 'B', corroboratedBy: [{ kind: 'referral', case: otherCase }] })],
      null,
    ],
    [
      'B with an item of another referral',
      [item(words), grade(2, { assessment: 'B', corroboratedBy: [{ kind: 'item', case: otherCase, item: entry(9) }] })],
      null,
    ],
    [
      'B with a record',
      [
        item(words),
        grade(2, { assessment: 'B', corroboratedBy: [{ kind: 'record', what: 'Audit of the vehicle index' }] }),
      ],
      null,
    ],
    [
      'B is not corroborated by the same referral',
      [item(words), grade(2, { assessment: 'B', corroboratedBy: [{ kind: 'item', case: caseId, item: entry(2) }] })],
      'What has the same origin corroborates nothing: link another referral, or a record.',
    ],
    [
      'B is not corroborated by a duplicate of it',
      [
        link('duplicate'),
        item(words),
        grade(3, { assessment: 'B', corroboratedBy: [{ kind: 'referral', case: otherCase }] }),
      ],
      'What has the same origin corroborates nothing: link another referral, or a record.',
    ],
    [
      'B may be corroborated by a repeat',
      [
        link('repeat'),
        item(words),
        grade(3, { assessment: 'B', corroboratedBy: [{ kind: 'referral', case: otherCase }] }),
      ],
      null,
    ],
    [
      '3 needs who judged so',
      [item(words), grade(2, { source: '3', why: 'Known for it.' })],
      'Source 3 needs who judged so, and why.',
    ],
    [
      '3 needs why',
      [item(words), grade(2, { source: '3', judgedBy: 'DS Vale' })],
      'Source 3 needs who judged so, and why.',
    ],
    ['3 with both', [item(words), grade(2, { source: '3', ...judged })], null],
    [
      'E needs who judged so',
      [item(words), grade(2, { assessment: 'E', why: 'False.' })],
      'Assessment E needs who judged so, and why.',
    ],
    [
      'E needs why',
      [item(words), grade(2, { assessment: 'E', judgedBy: 'DS Vale' })],
      'Assessment E needs who judged so, and why.',
    ],
    ['E with both', [item(words), grade(2, { assessment: 'E', ...judged })], null],
    [
      'P has no conditions',
      [item(words), grade(2, { handling: 'P', conditions })],
      'Handling P has no conditions. Choose C, or leave them out.',
    ],
    ['C with conditions', [item(words), grade(2, { conditions })], null],
    ['regrading needs a reason', [item(words), grade(2), grade(2, { assessment: 'C' })], 'Regrading needs a reason.'],
    [
      'regrading with a reason',
      [item(words), grade(2), grade(2, { assessment: 'C', why: 'Heard from a neighbour.' })],
      null,
    ],
    [
      'a first grade by someone who saw no other is no regrading',
      [item(words), grade(2), grade(2, {}, { actor: bo, seen: 2 })],
      null,
    ],
    ['an item that is not there', [grade(9)], 'There is no such item, or it was withdrawn.'],
    [
      'an item that was withdrawn',
      [item(words), step('item.withdrawn', { item: entry(2), why }), grade(2)],
      'There is no such item, or it was withdrawn.',
    ],
    [
      'an item withdrawn out of sight',
      [
        item(words),
        step('item.withdrawn', { item: entry(2), why }, { actor: bo }),
        grade(2, {}, { actor: ash, seen: 2 }),
      ],
      null,
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toBe(expected));

  test.each([
    [{ source: '1' as const, conditions }, 'Source 1'],
    [{ assessment: 'A' as const, conditions }, 'Assessment A'],
    [{ handling: 'P' as const }, 'Handling P'],
    [{ conditions: null }, 'Handling C without conditions'],
  ])('%j warns', (data, starts) => {
    const warnings = gradingWarnings({ ...defaultGrade, ...data });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(starts);
  });
  test('2-D-C with conditions warns of nothing', () => {
    expect(gradingWarnings({ ...defaultGrade, conditions })).toEqual([]);
  });

  test('every grade is kept, with who, when and why; two out of sight of each other conflict', () => {
    const steps = [item(words), grade(2), grade(2, { assessment: 'C', why: 'Heard.' }, { actor: bo, seen: 2 })];
    const [conflicted] = assess(...steps).items;
    expect(conflicted && selectGrade(conflicted).conflict).toBe(true);
    const [settled] = assess(...steps, grade(2, { assessment: 'C', why: 'Agreed with Bo.' })).items;
    expect(settled && selectGrade(settled)).toMatchObject({
      conflict: false,
      recorded: { entry: entry(5), by: 'ash' },
    });
    expect(settled?.grades.map(({ entry: id }) => id)).toEqual([entry(3), entry(4), entry(5)]);
  });
});

describe('items of information', () => {
  const recorded = (start: number, end: number, text: string) =>
    step('item.recorded', { start, end, text, provenance: null });
  test.each([
    ['what stands there', recorded(4, 11, 'officer'), null],
    [
      'a paraphrase',
      recorded(4, 11, 'sergeant'),
      'The text of the item is not what stands in the referral at that place.',
    ],
    [
      'beyond the end',
      recorded(narrative.length, narrative.length + 3, 'and'),
      'The text of the item is not what stands in the referral at that place.',
    ],
    ['backwards', recorded(11, 4, 'officer'), 'The text of the item is not what stands in the referral at that place.'],
  ])('%s', (_, each, expected) => expect(refused(each)).toBe(expected));

  test('provenance is kept apart from the item (sterile corridor)', () => {
    const assessment = assess(
      step('item.recorded', { start: 4, end: 11, text: 'officer', provenance: 'Heard in the car' }),
    );
    expect(JSON.stringify(assessment.items)).not.toContain('Heard in the car');
    expect(assessment.provenance).toMatchObject([{ item: entry(2), provenance: 'Heard in the car' }]);
  });

  test('an item withdrawn twice out of sight keeps both reasons', () => {
    const withdrawn = (reason: string, actor = ash) =>
      step('item.withdrawn', { item: entry(2), why: reason }, { actor, seen: 2 });
    const [only] = assess(item(words), withdrawn('Said twice over.'), withdrawn('Not what is meant.', bo)).items;
    expect(only?.takenBack.map((each) => each.why)).toEqual(['Said twice over.', 'Not what is meant.']);
    expect(refused(item(words), withdrawn('Said twice over.'), withdrawn('Said once more.'))).toContain('withdrawn');
  });
});

describe('categories (HMICFRS: the twelve) and standards (SI 2020/4 Sch 2)', () => {
  const categories = (list: ('drugs' | 'association')[], primary: 'drugs' | 'systems') =>
    step('categories.recorded', { categories: list, primary, why: null });
  test.each([
    ['several, one primary', categories(['drugs', 'association'], 'drugs'), null],
    [
      'a primary that is not among them',
      categories(['association'], 'systems'),
      'The primary category must be one of those chosen.',
    ],
    ['one twice', categories(['drugs', 'drugs'], 'drugs'), 'A category is named twice.'],
    [
      'a standard twice',
      step('standards.recorded', { standards: ['orders', 'orders'], why: null }),
      'A standard is named twice.',
    ],
    ['no standard', step('standards.recorded', { standards: [], why: 'Staff' }), null],
  ])('%s', (_, each, expected) => expect(refused(each)).toBe(expected));
});
