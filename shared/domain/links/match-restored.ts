import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema, note } from '../event/fields.ts';
import { findKnown, takeBackIn } from '../event/revocable.ts';
import type { RejectionState } from './match-rejected.ts';

/** Takes a rejection back: the match is offered again. */
export const matchRestored = defineCaseEvent('match.restored', {
  v: 1,
  data: z.strictObject({ rejection: entryIdSchema, why: note }),
  audit: 'combination',
  may: 'assess',
  rule: ({ rejection }, { case: { rejections }, knew }: RuleContext<RejectionState>) =>
    findKnown(rejections, rejection, knew) ? null : refuse('no-such-rejection'),
  apply: ({ rejections }: RejectionState, { rejection, why }, signed) => ({
    rejections: takeBackIn(rejections, rejection, why, signed),
  }),
});
