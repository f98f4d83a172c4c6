import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { line } from '../event/fields.ts';
import { memberIdSchema } from '../unit/roster.ts';
import { refuseUnlessMay } from './roster-rules.ts';

/** Characters of what a member is called, at most. */
export const longestName = 120;

/** What a member is called. The roster, which outsiders read too, has no names. */
export const memberNamed = defineUnitEvent('member.named', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, name: line(longestName) }),
  audit: 'alteration',
  rule: (_, context) => refuseUnlessMay('admitMember', context),
  apply: (record, { member, name }) => ({
    ...record,
    names: { ...record.names, members: { ...record.names.members, [member]: name } },
  }),
});
