import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { isRecoveryKey, isRecoveryPermitted, withoutPermission } from '../unit/recovery.ts';
import { deviceKeysSchema, memberIdSchema, memberOfId, type RosterDevice } from '../unit/roster.ts';
import { boundDevice, refuseKeys, refuseUnlessMay, refuseUnlessMember } from './roster-rules.ts';

/**
 * A further device of a member: bound by another of theirs or, when all of theirs have ended, by a supervisor and another
 * member. Ending a device takes two as well: nobody can be impersonated unseen. The recovery key binds one where they are
 * lost, and ends them with it.
 */
export const deviceBound = defineRosterEvent('device.bound', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, device: deviceKeysSchema }),
  audit: 'alteration',
  binds: ({ member, device }) => ({ member, device }),
  byRecoveryKey: true,
  rule({ member, device }, context) {
    const { roster, actor, author } = context;
    const isRecovered = isRecoveryKey(roster, author);
    const refusal = (isRecovered ? null : refuseUnlessMember(context)) ?? refuseKeys(device, context);
    if (refusal || !roster) return refusal;
    const found = memberOfId(roster, member);
    if (!found) return refuse('member-unknown');
    if (found.standing === 'ended') return refuse('member-ended');
    if (isRecovered) return isRecoveryPermitted(roster, { member }) ? null : refuse('recovery-not-permitted');
    if (actor?.id === member) return null;
    const devices = roster.devices.filter((each) => each.member === member);
    if (devices.some(({ standing }) => standing !== 'ended')) return refuse('member-has-device');
    return refuseUnlessMay('admitMember', context);
  },
  needsSecond: ({ member }, { actor }) => actor?.id !== member,
  maySecond: ({ member }, { actor }) => actor?.id !== member,
  apply(roster, { member, device }, { author }) {
    const bound = boundDevice(member, device);
    if (!isRecoveryKey(roster, author)) return { ...roster, devices: [...roster.devices, bound] };
    const lost = roster.devices.map(
      (each): RosterDevice => (each.member === member ? { ...each, standing: 'ended' } : each),
    );
    return withoutPermission({ ...roster, devices: [...lost, bound] }, { member });
  },
});
