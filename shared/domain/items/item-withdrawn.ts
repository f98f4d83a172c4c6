import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema, reasons } from '../event/fields.ts';
import { findKnown, takeBackIn } from '../event/revocable.ts';
import type { ItemState } from './item-recorded.ts';

/** An item is taken out of use. It stays in the log, and keeps its number. */
export const itemWithdrawn = defineCaseEvent('item.withdrawn', {
  v: 1,
  data: z.strictObject({ item: entryIdSchema, why: reasons }),
  audit: 'alteration',
  may: 'assess',
  rule: ({ item }, { case: { items }, knew }: RuleContext<ItemState>) =>
    findKnown(items, item, knew) ? null : refuse('no-such-item'),
  apply: ({ items }: ItemState, { item, why }, signed) => ({ items: takeBackIn(items, item, why, signed) }),
});
