import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { memberSchema } from '../unit/unit-state.ts';

export const memberAdmitted = defineUnitEvent('member.admitted', {
  v: 1,
  data: z.strictObject({ member: memberSchema }),
  audit: 'alteration',
});
