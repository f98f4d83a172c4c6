import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema, note } from '../event/fields.ts';
import { findKnown, takeBackIn } from '../event/revocable.ts';
import type { ReferencesState } from './reference-recorded.ts';

/** It is not what the other system calls this matter. */
export const referenceWithdrawn = defineCaseEvent('reference.withdrawn', {
  v: 1,
  data: z.strictObject({ reference: entryIdSchema, why: note }),
  audit: 'alteration',
  may: 'assess',
  rule: ({ reference }, { case: { references }, knew }: RuleContext<ReferencesState>) =>
    findKnown(references, reference, knew) ? null : refuse('no-such-reference'),
  apply: ({ references }: ReferencesState, { reference, why }, signed) => ({
    references: takeBackIn(references, reference, why, signed),
  }),
});
