import { z } from 'zod';
import { defineCaseEvent } from '../event/define-event.ts';
import { caseIdSchema } from '../event/fields.ts';

/**
 * Keys of this stream, or of a closed one that it goes on from, boxed beside the entry to those who read this one: to a member
 * who was given it alone, or such as were not known to whoever closed the other. It changes nothing of the case.
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
