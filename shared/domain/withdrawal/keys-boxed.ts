import { z } from 'zod';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema } from '../event/fields.ts';

/**
 * Keys of a closed stream, boxed beside the entry to those who read this one: such as were not known to whoever closed it.
 * It changes nothing of the case.
 */
export const keysBoxed = defineCaseEvent('keys.boxed', {
  v: 1,
  data: z.strictObject({ stream: caseIdSchema }),
  audit: 'disclosure',
  may: 'anyone',
  withoutHolding: true,
  protects: () => true,
  apply: () => ({}),
});
