import { z } from 'zod';
import { lookOf } from '#shared/kernel/folded-text.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import { defineUnitEvent } from '../event/define-event.ts';
import { memberIdSchema } from '../unit/roster.ts';
import type { UnitRecord } from '../unit/unit-record.ts';
import { nameOf } from '../written/written.ts';
import { refuseUnlessMay } from './roster-rules.ts';

/** Characters of what a member is called, at most. */
export const longestName = 120;

/**
 * Two members never look the same, whether they still belong to the unit or not: the name is how people tell who did what.
 * Asked before keys are made, and by every replica.
 */
export function refuseNamesake({ names }: UnitRecord, member: MemberId, name: string) {
  const look = lookOf(name);
  const [, other] = Object.entries(names.members).find(([id, each]) => id !== member && lookOf(each) === look) ?? [];
  return other === undefined ? null : refuseField('name', 'name-of-another', { name: other });
}

/** What a member is called. The roster, which outsiders read too, has no names. */
export const memberNamed = defineUnitEvent('member.named', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, name: nameOf(longestName) }),
  audit: 'alteration',
  rule: ({ member, name }, context) =>
    refuseUnlessMay('admitMember', context) ?? refuseNamesake(context.record, member, name),
  apply: (record, { member, name }) => ({
    ...record,
    names: { ...record.names, members: { ...record.names.members, [member]: name } },
  }),
});
