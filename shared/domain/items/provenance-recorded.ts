import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema, note, reasons } from '../event/fields.ts';
import { findKnown } from '../event/revocable.ts';
import type { ItemState } from './item-recorded.ts';

/** How the source of an item came to know, said anew. */
export const provenanceRecorded = defineCaseEvent('provenance.recorded', {
  v: 1,
  data: z.strictObject({ item: entryIdSchema, provenance: note, why: reasons }),
  audit: 'alteration',
  may: 'assess',
  rule: ({ item }, { case: { items }, knew }: RuleContext<ItemState>) =>
    findKnown(items, item, knew) ? null : refuse('no-such-item'),
  history: ({ provenance }: ItemState, { item }) => provenance.filter((each) => each.item === item),
  apply: ({ provenance }: ItemState, recorded, signed) => ({ provenance: [...provenance, { ...recorded, ...signed }] }),
});
