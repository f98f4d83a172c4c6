import { defineRosterEvent } from '../event/define-event.ts';
import { changeStanding, leavesOneSupervisor, mayEndAsSecond, refuseStanding, whoseSchema } from './roster-rules.ts';

/** At once, by any supervisor: a key in the wrong hands cannot wait for a meeting. */
export const membershipSuspended = defineRosterEvent('membership.suspended', {
  v: 1,
  data: whoseSchema,
  audit: 'alteration',
  rule: (data, context) => refuseStanding(data, context, 'suspended', ['inForce']),
  needsSecond: (data, context) => leavesOneSupervisor(data, context),
  maySecond: mayEndAsSecond,
  apply: (roster, data) => changeStanding(roster, data, 'suspended'),
});
