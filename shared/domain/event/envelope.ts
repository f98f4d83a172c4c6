import { z } from 'zod';
import type { EventId } from '#shared/kernel/ids.ts';
import { entryIdSchema, eventIdSchema, hasTwins } from './fields.ts';
import { mostReplaced } from './history.ts';

/** What is inside a sealed body: one event. `at` is the author's clock: a claim, ordered by the log and not by itself. */
export const envelopeSchema = z.strictObject({
  /** Kept when it is signed again: the same event takes effect once. */
  id: eventIdSchema,
  type: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  v: z.int().min(1),
  at: z.iso.datetime(),
  data: z.unknown(),
  /** Entries whose value it replaces (history.ts); absent where there are none. */
  replaces: z
    .array(entryIdSchema)
    .min(1)
    .max(mostReplaced)
    .refine((names) => !hasTwins(names))
    .optional(),
});
export type Envelope = z.output<typeof envelopeSchema>;

/** One event of a kind that the caller knows, ready to be sealed. */
export const envelopeOf = <Data extends z.ZodType>(
  definition: { readonly type: string; readonly v: number; readonly data: Data },
  { id, at }: { readonly id: EventId; readonly at: string },
  data: z.output<Data>,
): Envelope => ({ id, type: definition.type, v: definition.v, at, data });
