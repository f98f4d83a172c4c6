import { describe, expect, test } from 'vitest';
import { sayDecision } from '#renderer/words/policy-log.ts';
import { selectPolicyLog } from '#shared/domain/case/policy-log.ts';
import { capacities } from '#shared/domain/misconduct/capacity.ts';
import { mayDecideOn, subjectRankIds, subjectRanks } from '#shared/domain/misconduct/subject-ranks.ts';
import { type Rank, rankIds } from '#shared/domain/policy/ranks.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import {
  ash,
  disposed,
  type Expected,
  fold,
  member,
  notMet,
  refused,
  risk,
  type Step,
  step,
  why,
} from './assessment-fixtures.ts';

/** Their ranks stand in the record of the unit: `assessment-fixtures.ts`. */
const pat = member('pat');
const cory = member('cory');
const sam = member('sam');
const kit = member('kit');

type Matter = DataOf<'matter.classified'>;
const matter = (actor = ash, said: Partial<Matter> = {}): Step =>
  step(
    'matter.classified',
    { type: 'conduct', subjectRank: 'other', capacity: 'delegate', authority: null, why, ...said },
    { actor },
  );
const severity = (actor = ash, said: Partial<DataOf<'severity.assessed'>> = {}): Step =>
  step(
    'severity.assessed',
    {
      ...{ level: 'gross', proceedings: 'hearing', subjectRank: 'other', capacity: 'delegate', authority: null, why },
      ...said,
    },
    { actor },
  );

describe('who may decide for the appropriate authority (SI 2020/2 reg 46(1)(a) and (b))', () => {
  test.each(subjectRankIds)('%s', (subject) => {
    const may = rankIds.filter((rank) => mayDecideOn(subject, { employment: 'officer', rank }));
    const lowest = { other: 'inspector', seniorOfficer: 'assistantChiefConstable', chiefOfficer: null }[subject];
    expect(may).toEqual(lowest ? rankIds.slice(rankIds.indexOf(lowest as Rank)) : []);
    expect(mayDecideOn(subject, undefined)).toBe(false);
  });

  test('the local policing body is the authority of the chief officer, and of nobody else', () => {
    expect(subjectRankIds.filter((id) => subjectRanks[id].authority === 'the local policing body')).toEqual([
      'chiefOfficer',
    ]);
  });

  const tooLow = refuseField('capacity', 'grade-too-low', { rank: 'inspector' });
  const senior = { subjectRank: 'seniorOfficer' } as const;
  test.each<[string, Step[], Expected]>([
    ['an analyst of a sergeant\u2019s grade decides', [matter()], tooLow],
    ['somebody whose rank nobody recorded decides', [matter(kit)], tooLow],
    ['an analyst records a provisional type', [matter(ash, { capacity: 'provisional' })], null],
    ['an inspector decides', [matter(pat)], null],
    ['staff of equal grade decide', [matter(sam)], null],
    [
      'an inspector decides on a senior officer',
      [matter(pat, senior)],
      refuseField('capacity', 'grade-too-low', { rank: 'assistantChiefConstable' }),
    ],
    ['a commander decides on a senior officer', [matter(cory, senior)], null],
    [
      'a commander decides on the chief officer',
      [matter(cory, { subjectRank: 'chiefOfficer' })],
      refuseField('capacity', 'for-policing-body'),
    ],
    [
      'a provisional type of the chief officer',
      [matter(cory, { subjectRank: 'chiefOfficer', capacity: 'provisional' })],
      null,
    ],
    [
      'an investigator whom nobody appointed',
      [matter(ash, { capacity: 'investigator' })],
      refuseField('authority', 'appointed-by-whom'),
    ],
    ['an investigator', [matter(ash, { capacity: 'investigator', authority: 'DCI Lowe' })], null],
    ['an analyst decides the severity', [severity()], tooLow],
    ['an inspector decides the severity', [severity(pat)], null],
    [
      'a provisional view in the place of a decision',
      [severity(pat), severity(ash, { capacity: 'provisional' })],
      refuseField('capacity', 'decided-already'),
    ],
    [
      'a severity of another rank than the matter',
      [matter(pat), severity(pat, senior)],
      refuseField('subjectRank', 'rank-of-matter'),
    ],
    ['a severity of the rank of the matter', [matter(cory, senior), severity(cory, senior)], null],
    [
      'a decision in the place of a provisional view',
      [severity(ash, { capacity: 'provisional' }), severity(pat)],
      null,
    ],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));

  test('nobody is held to a decision that they could not know of', () => {
    const unseen = { ...severity(ash, { capacity: 'provisional' }), seen: 1 };
    expect(refused(severity(pat), unseen)).toBeNull();
  });

  test('the policy log says which is provisional, and who appointed an investigator', () => {
    const steps = [
      matter(ash, { capacity: 'provisional', subjectRank: 'seniorOfficer' }),
      severity(ash, { ...senior, capacity: 'investigator', authority: 'DCI Lowe' }),
      severity(cory, { ...senior, authority: 'Supt Hale' }),
    ];
    expect(selectPolicyLog(fold(...steps)).map((line) => sayDecision(line).decision)).toEqual([
      'Provisional: Conduct matter. Subject: senior officer.',
      'If proved: Gross misconduct, Misconduct hearing. By the investigator, appointed by DCI Lowe.',
      'If proved: Gross misconduct, Misconduct hearing. Decided by Supt Hale.',
    ]);
  });
});

describe('to the local policing body (Police Reform Act 2002 s 29(1))', () => {
  const toBody = disposed({ kind: 'localPolicingBody', body: 'Norbeck PCC' });
  const first = [risk(), notMet()];
  const about = (subjectRank: Matter['subjectRank']) => matter(ash, { capacity: 'provisional', subjectRank });
  const notChief = refuseField('chosen.kind', 'not-chief-officer');
  test.each<[string, Step[], Expected]>([
    ['nothing is recorded of whom it concerns', [...first, toBody], notChief],
    ['a senior officer', [...first, about('seniorOfficer'), toBody], notChief],
    ['the chief officer', [...first, about('chiefOfficer'), toBody], null],
    ['no more the chief officer', [...first, about('chiefOfficer'), about('other'), toBody], notChief],
  ])('%s', (_, steps, expected) => expect(refused(...steps)).toEqual(expected));
});

test('every capacity and every rank of a subject cites its source', () => {
  for (const { source, standing } of [...Object.values(capacities), ...Object.values(subjectRanks)]) {
    expect([source, standing]).not.toContain('');
  }
});
