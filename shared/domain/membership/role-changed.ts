import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { memberIdSchema, memberOfId, roleSchema } from '../unit/roster.ts';
import { changeMember, refuseUnlessMay, refuseWithoutSupervisor, takesTwoSupervisors } from './roster-rules.ts';

export const roleChanged = defineRosterEvent('role.changed', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, role: roleSchema }),
  audit: 'alteration',
  rule({ member, role }, context) {
    const refusal = refuseUnlessMay('admitMember', context);
    if (refusal) return refusal;
    const found = memberOfId(context.roster, member);
    if (!found) return refuse('member-unknown');
    if (found.standing === 'ended') return refuse('member-ended');
    if (found.role === role) return refuse('nothing-changes');
    return refuseWithoutSupervisor(context, { member });
  },
  needsSecond: (_, context) => takesTwoSupervisors(context),
  apply: (roster, { member, role }) => changeMember(roster, member, { role }),
});
