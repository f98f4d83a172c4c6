import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { line } from '../event/fields.ts';

/** What the unit is called. */
export const unitNamed = defineUnitEvent('unit.named', {
  v: 1,
  data: z.strictObject({ name: line(120) }),
  audit: 'alteration',
  apply: (names, { name }) => ({ ...names, unit: name }),
});
