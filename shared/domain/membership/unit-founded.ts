import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { memberSchema } from '../unit/unit-state.ts';

/** First entry of every unit's log. */
export const unitFounded = defineUnitEvent('unit.founded', {
  v: 1,
  data: z.strictObject({ name: z.string().min(1).max(120), founder: memberSchema }),
  audit: 'alteration',
});
