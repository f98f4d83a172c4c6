import { defineRosterEvent } from '../event/define-event.ts';
import { changeStanding, mayEndAsSecond, refuseStanding, whoseSchema } from './roster-rules.ts';

/** For good: every right of a member or a device ends at this position. */
export const membershipEnded = defineRosterEvent('membership.ended', {
  v: 1,
  data: whoseSchema,
  audit: 'alteration',
  rule: (data, context) => refuseStanding(data, context, 'ended', ['inForce', 'suspended']),
  needsSecond: () => true,
  maySecond: mayEndAsSecond,
  apply: (roster, data) => changeStanding(roster, data, 'ended'),
});
