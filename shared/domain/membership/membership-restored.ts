import { defineRosterEvent } from '../event/define-event.ts';
import { changeStanding, refuseStanding, takesTwoSupervisors, whoseSchema } from './roster-rules.ts';

/** Takes a suspension back. Needs whom an admission needs. */
export const membershipRestored = defineRosterEvent('membership.restored', {
  v: 1,
  data: whoseSchema,
  audit: 'alteration',
  rule: (data, context) => refuseStanding(data, context, 'inForce', ['suspended']),
  needsSecond: (_, context) => takesTwoSupervisors(context),
  apply: (roster, data) => changeStanding(roster, data, 'inForce'),
});
