import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { nameOf } from '../written/written.ts';
import { refuseUnlessMay } from './roster-rules.ts';

/** What the unit is called. */
export const unitNamed = defineUnitEvent('unit.named', {
  v: 1,
  data: z.strictObject({ name: nameOf(120) }),
  audit: 'alteration',
  rule: (_, context) => refuseUnlessMay('admitMember', context),
  apply: (record, { name }) => ({ ...record, names: { ...record.names, unit: name } }),
});
