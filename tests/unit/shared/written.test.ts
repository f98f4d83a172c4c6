import { describe, expect, test } from 'vitest';
import { dataRefusals } from '#shared/domain/event/data-refusal.ts';
import { memberNamed } from '#shared/domain/membership/member-named.ts';
import { defaultPolicy } from '#shared/domain/policy/policy.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import { attachmentSchema } from '#shared/domain/report/attachments.ts';
import { intakeSchema } from '#shared/domain/report/intake.ts';
import type { Roster, RosterMember } from '#shared/domain/unit/roster.ts';
import { emptyRecord } from '#shared/domain/unit/unit-record.ts';
import { written } from '#shared/domain/written/written.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { nameSchema } from '#shared/sync/directory.ts';
import { withEachText } from '#tests/support/odd-strings.ts';
import { reportWith } from '#tests/support/referrals.ts';
import { everyByHand, everyEvent } from './every-event.ts';

/** As long as any minimum, and nothing of it to be seen. */
const blanks = [
  '\u2800',
  '\u3164',
  '\u00ad',
  '\u200b',
  '\u115f',
  '\uffa0',
  '\u{e0041}',
  '\ufe0f',
  '\u202e',
  '\u0000',
  '\ue000',
];
const texts = [...blanks.map((each) => each.repeat(40)), blanks.join(''), ` ${blanks.join(' ')} `];

describe('a length counts what is seen', () => {
  test.each<[string, boolean]>([
    ['Ten seen..', true],
    ['Nine seen', false],
    [`Nine seen${'\u00ad'.repeat(9)}`, false],
    [`N${'\u0301'.repeat(40)}ine seen`, false],
    ['a          b', false],
    ['👨‍👩‍👧'.repeat(4), true],
    [`${'\u200b'.repeat(5_000)}Ten seen..`, true],
  ])('%j', (text, enough) => {
    const { success, error } = written(10, 20_000).safeParse(text);
    expect(success).toBe(enough);
    if (error) expect(dataRefusals(error)[0]).toMatchObject({ code: 'too-short', params: { minimum: 10 } });
  });
});

/** Members have short names in the examples. */
const withIds = (data: object): object =>
  'reader' in data ? { ...data, reader: '2f4c1a9e-3b52-4c7a-9d51-0f5f9f2f1a11' } : data;

/** Ids and codes are checked by their form, which no blank has. */
describe('nothing that nobody can see is taken', () => {
  test.each([...everyEvent, ...everyByHand].map(({ event }) => [event.type, withIds(event.data)] as const))(
    'in any text of %s',
    (type, data) => {
      const schema = eventList.find((each) => each.type === type)?.data;
      expect(schema?.safeParse(data).success).toBe(true);
      for (const text of texts) {
        for (const each of withEachText(data, text)) expect(schema?.safeParse(each).success).toBe(false);
      }
    },
  );

  test('in any text of a report, nor as the name of a file', () => {
    const report = {
      ...reportWith(),
      ...{ dates: ['Friday'], places: ['Weymouth'], vehicles: ['White van'] },
      subjects: [
        {
          kind: 'officer',
          name: 'Hollis Marsh',
          rankOrRole: 'PC',
          collarNumber: '4411',
          station: 'Weymouth',
          description: 'Tall',
        },
      ],
      peopleAtRisk: [{ who: 'His partner', risk: 'Threats', urgency: 'high' }],
    };
    const intake = { id: '2f4c1a9e-3b52-4c7a-9d51-0f5f9f2f1a11', report, attachments: [] };
    expect(intakeSchema.safeParse(intake).error).toBeUndefined();
    for (const text of texts) {
      for (const each of withEachText(report, text)) {
        expect(intakeSchema.safeParse({ ...intake, report: each }).success).toBe(false);
      }
      expect(attachmentSchema.shape.name.safeParse(text).success).toBe(false);
      expect(nameSchema.safeParse(text).success).toBe(false);
    }
  });
});

describe('of two members who would look the same, no replica takes the second', () => {
  const [sal, ash] = ['sal', 'ash'] as MemberId[] as [MemberId, MemberId];
  const actor: RosterMember = { id: sal, role: 'supervisor', standing: 'inForce' };
  const record = { ...emptyRecord, names: { unit: 'Norbeck', members: { [sal]: 'Megan Pritchard' } } };
  const context = { actor, record, policy: defaultPolicy, roster: {} as Roster };
  const named = (member: MemberId, name: string) => memberNamed.rule({ member, name }, context);

  test.each([
    'Megan Pritchard',
    'MEGAN PRITCHARD',
    'megan\u2003pritchard',
    'Mégan Pritchárd',
    'Меgаn Рritchаrd',
    'Meganpritchard',
  ])('%j', (name) => {
    expect(named(ash, name)).toEqual(refuseField('name', 'name-of-another', { name: 'Megan Pritchard' }));
    expect(named(sal, name)).toBeNull();
  });

  test('and of two who do not, it does', () => {
    expect(named(ash, 'Megan Prichard')).toBeNull();
    expect(named(ash, 'Megan Pritchard 2')).toBeNull();
    expect(named(ash, '👩🏽‍⚖️')).toBeNull();
  });
});
