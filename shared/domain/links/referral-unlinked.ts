import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema, reasons } from '../event/fields.ts';
import { findKnown, takeBackIn } from '../event/revocable.ts';
import type { LinkState } from './referral-linked.ts';

/** A link is taken back. */
export const referralUnlinked = defineCaseEvent('referral.unlinked', {
  v: 1,
  data: z.strictObject({ link: entryIdSchema, why: reasons }),
  audit: 'combination',
  may: 'assess',
  rule: ({ link }, { case: { links }, knew }: RuleContext<LinkState>) =>
    findKnown(links, link, knew) ? null : refuse('no-such-link'),
  apply: ({ links }: LinkState, { link, why }, signed) => ({ links: takeBackIn(links, link, why, signed) }),
});
