import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { deviceKeysSchema, memberIdSchema, memberOfId, roleSchema } from '../unit/roster.ts';
import { boundDevice, refuseKeys, refuseUnlessMay, takesTwoSupervisors } from './roster-rules.ts';

/** A new member, with their first device. */
export const memberAdmitted = defineRosterEvent('member.admitted', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, role: roleSchema, device: deviceKeysSchema }),
  audit: 'alteration',
  binds: ({ member, device }) => ({ member, device }),
  rule({ member, device }, context) {
    const refusal = refuseUnlessMay('admitMember', context) ?? refuseKeys(device, context);
    if (refusal) return refusal;
    return memberOfId(context.roster, member) ? refuse('member-admitted-already') : null;
  },
  needsSecond: (_, context) => takesTwoSupervisors(context),
  apply: (roster, { member, role, device }) => ({
    ...roster,
    members: [...roster.members, { id: member, role, standing: 'inForce' }],
    devices: [...roster.devices, boundDevice(member, device)],
  }),
});
