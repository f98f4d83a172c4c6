import { z } from 'zod';
import { defineUnitEvent } from '../event/define-event.ts';
import { memberIdSchema, unitSecretsSchema } from '../unit/unit-state.ts';

/** Sealed to the public key of one member (enc HPKE-XWING-A256GCM): how they come to the unit's keys. */
export const unitKeysGranted = defineUnitEvent('unitKeys.granted', {
  v: 1,
  data: z.strictObject({ to: memberIdSchema, secrets: unitSecretsSchema }),
  audit: 'disclosure',
});
