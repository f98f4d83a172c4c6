import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { deviceKeysSchema, memberIdSchema, memberOfId } from '../unit/roster.ts';
import { boundDevice, refuseKeys, refuseUnlessMay, refuseUnlessMember } from './roster-rules.ts';

/**
 * A further device of a member: bound by another of theirs or, when all of theirs have ended, by a supervisor and another
 * member. Ending a device takes two as well: nobody can be impersonated unseen.
 */
export const deviceBound = defineRosterEvent('device.bound', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, device: deviceKeysSchema }),
  audit: 'alteration',
  binds: ({ member, device }) => ({ member, device }),
  rule({ member, device }, context) {
    const refusal = refuseUnlessMember(context) ?? refuseKeys(device, context);
    if (refusal) return refusal;
    const found = memberOfId(context.roster, member);
    if (!found) return refuse('member-unknown');
    if (found.standing === 'ended') return refuse('member-ended');
    if (context.actor?.id === member) return null;
    const devices = context.roster?.devices.filter((each) => each.member === member) ?? [];
    if (devices.some(({ standing }) => standing !== 'ended')) return refuse('member-has-device');
    return refuseUnlessMay('admitMember', context);
  },
  needsSecond: ({ member }, { actor }) => actor?.id !== member,
  maySecond: ({ member }, { actor }) => actor?.id !== member,
  apply: (roster, { member, device }) => ({ ...roster, devices: [...roster.devices, boundDevice(member, device)] }),
});
