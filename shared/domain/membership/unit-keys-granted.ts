import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { memberIdSchema, unitSecretsSchema } from '../unit/unit-state.ts';

/** Under a content key that is boxed to the public key of one member: how they come to the unit's generations. */
export const unitKeysGranted = defineUnitEvent('unitKeys.granted', {
  v: 1,
  data: z.strictObject({ to: memberIdSchema, secrets: unitSecretsSchema }),
  audit: 'disclosure',
});
