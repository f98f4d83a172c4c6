import { z } from 'zod';
import { defineRosterEvent } from '../event/define-event.ts';
import { recoveryKeysOf } from '../unit/recovery.ts';
import { deviceKeysSchema } from '../unit/roster.ts';
import { refuseKeys, refuseUnlessMay, takesTwoSupervisors } from './roster-rules.ts';

/**
 * A recovery key in place of the one before, if there was one. Not with the founding: nobody but the founder is there then to
 * hold a share of it. From here on a rotation is owed in every scope, so that the key before opens nothing written later; and
 * what was permitted to that one is not permitted to this.
 */
export const recoveryBound = defineRosterEvent('recovery.bound', {
  v: 1,
  data: z.strictObject({ recovery: deviceKeysSchema }),
  audit: 'alteration',
  binds: ({ recovery }) => ({ recovery }),
  rule: ({ recovery }, context) => refuseUnlessMay('admitMember', context) ?? refuseKeys(recovery, context),
  needsSecond: (_, context) => takesTwoSupervisors(context),
  apply: (roster, { recovery: { author, sealingKey } }) => ({
    ...roster,
    recovery: { author, sealingKey },
    formerRecovery: roster.recovery ? recoveryKeysOf(roster) : roster.formerRecovery,
    permissions: [],
    proposals: roster.proposals.filter(({ type }) => type !== 'recovery.permitted'),
  }),
});
