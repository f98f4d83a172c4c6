import { describe, expect, test } from 'vitest';
import { sayCaution } from '#renderer/words/assessment.ts';
import { defaultGrade, gradeCode, gradingWarnings, selectGrade } from '#shared/domain/items/grading.ts';
import { notice, refuse, refuseField } from '#shared/kernel/refusal.ts';
import {
  ash,
  bo,
  caseId,
  delivered,
  type Expected,
  entry,
  fold,
  foldAll,
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
    const [only] = fold(item(words)).items;
    expect(only && gradeCode(selectGrade(only).grade)).toBe('2-D-C');
  });

  test.each<[string, Step[], Expected]>([
    ['the default may be recorded as it is', [item(words), grade(2)], null],
    ['A with why', [item(words), grade(2, { assessment: 'A', why: 'They describe the room.' })], null],
    [
      'B needs what corroborates it',
      [item(words), grade(2, { assessment: 'B' })],
      refuseField('corroboratedBy', 'corroboration-missing'),
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
      refuseField('corroboratedBy', 'corroboration-of-same-origin'),
    ],
    [
      'B is not corroborated by a duplicate of it',
      [
        link('duplicate'),
        item(words),
        grade(3, { assessment: 'B', corroboratedBy: [{ kind: 'referral', case: otherCase }] }),
      ],
      refuseField('corroboratedBy', 'corroboration-of-same-origin'),
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
      refuseField('judgedBy', 'judgement-missing', { grade: 'source3' }),
    ],
    [
      '3 needs why',
      [item(words), grade(2, { source: '3', judgedBy: 'DS Vale' })],
      refuseField('why', 'judgement-missing', { grade: 'source3' }),
    ],
    ['3 with both', [item(words), grade(2, { source: '3', ...judged })], null],
    [
      'E needs who judged so',
      [item(words), grade(2, { assessment: 'E', why: 'False.' })],
      refuseField('judgedBy', 'judgement-missing', { grade: 'assessmentE' }),
    ],
    [
      'E needs why',
      [item(words), grade(2, { assessment: 'E', judgedBy: 'DS Vale' })],
      refuseField('why', 'judgement-missing', { grade: 'assessmentE' }),
    ],
    [
      'source 1 of an anonymous reporter needs why',
      [item(words), grade(2, { source: '1' })],
      refuseField('why', 'anonymous-without-reason', { grade: 'source1' }),
    ],
    [
      'A of an anonymous reporter needs why',
      [item(words), grade(2, { assessment: 'A' })],
      refuseField('why', 'anonymous-without-reason', { grade: 'assessmentA' }),
    ],
    ['source 1 with why', [item(words), grade(2, { source: '1', why: 'Said so three times, rightly.' })], null],
    ['E with both', [item(words), grade(2, { assessment: 'E', ...judged })], null],
    [
      'P has no conditions',
      [item(words), grade(2, { handling: 'P', conditions })],
      refuseField('conditions', 'conditions-of-p'),
    ],
    ['C with conditions', [item(words), grade(2, { conditions })], null],
    [
      'regrading needs a reason',
      [item(words), grade(2), grade(2, { assessment: 'C' })],
      refuseField('why', 'regrade-without-reason'),
    ],
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
    ['an item that is not there', [grade(9)], refuse('no-such-item')],
    [
      'an item that was withdrawn',
      [item(words), step('item.withdrawn', { item: entry(2), why }), grade(2)],
      refuse('no-such-item'),
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
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test.each([
    [{ source: '1' as const, conditions }, 'source-1', 'Source 1'],
    [{ assessment: 'A' as const, conditions }, 'assessment-a', 'Assessment A'],
    [{ handling: 'P' as const }, 'handling-p', 'Handling P'],
    [{ conditions: null }, 'handling-c-without-conditions', 'Handling C without conditions'],
  ])('%j warns', (data, code, starts) => {
    const warnings = gradingWarnings({ ...defaultGrade, ...data });
    expect(warnings).toEqual([notice(code)]);
    expect(warnings.map(sayCaution).join()).toContain(starts);
  });
  test('2-D-C with conditions warns of nothing', () => {
    expect(gradingWarnings({ ...defaultGrade, conditions })).toEqual([]);
  });

  test('every grade is kept, with who, when and why; two out of sight of each other conflict', () => {
    const steps = [item(words), grade(2), grade(2, { assessment: 'C', why: 'Heard.' }, { actor: bo, seen: 2 })];
    const [conflicted] = fold(...steps).items;
    expect(conflicted && selectGrade(conflicted).conflict).toBe(true);
    const [settled] = fold(...steps, grade(2, { assessment: 'C', why: 'Agreed with Bo.' })).items;
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
  test.each<[string, Step, Expected]>([
    ['what stands there', recorded(4, 11, 'officer'), null],
    ['a paraphrase', recorded(4, 11, 'sergeant'), refuseField('text', 'item-not-in-place')],
    [
      'beyond the end',
      recorded(narrative.length, narrative.length + 3, 'and'),
      refuseField('text', 'item-not-in-place'),
    ],
    ['backwards', recorded(11, 4, 'officer'), refuseField('text', 'item-not-in-place')],
  ])('%s', (_, each, expected) => expect(refused(each)).toEqual(expected));

  test('provenance is kept apart from the item (sterile corridor)', () => {
    const assessment = fold(
      step('item.recorded', { start: 4, end: 11, text: 'officer', provenance: 'Heard in the car' }),
    );
    expect(JSON.stringify(assessment.items)).not.toContain('Heard in the car');
    expect(assessment.provenance).toMatchObject([{ item: entry(2), provenance: 'Heard in the car' }]);
  });

  test('an item withdrawn twice out of sight keeps both reasons', () => {
    const withdrawn = (reason: string, actor = ash) =>
      step('item.withdrawn', { item: entry(2), why: reason }, { actor, seen: 2 });
    const [only] = fold(item(words), withdrawn('Said twice over.'), withdrawn('Not what is meant.', bo)).items;
    expect(only?.takenBack.map((each) => each.why)).toEqual(['Said twice over.', 'Not what is meant.']);
    expect(refused(item(words), withdrawn('Said twice over.'), withdrawn('Said once more.'))).toEqual(
      refuse('no-such-item'),
    );
  });
});

describe('source 1 and assessment A, by how the reporter chose to report', () => {
  test.each([
    ['anonymous', 'anonymous-without-reason'],
    ['keepInContact', 'anonymous-without-reason'],
    ['detailsSupplied', undefined],
  ] as const)('%s', (reporter, code) => {
    const steps = (data: Parameters<typeof grade>[1]) => [
      delivered({ narrative, reporter }),
      item(words),
      grade(2, data),
    ];
    for (const data of [{ source: '1' }, { assessment: 'A' }] as const) {
      expect(foldAll(steps(data)).activity.at(-1)?.refused?.code).toBe(code);
      expect(foldAll(steps({ ...data, why: 'Seen on duty.' })).activity.at(-1)?.refused).toBeNull();
    }
  });
});
