import { z } from 'zod';
import { entryIdSchema, note } from '../event/fields.ts';
import { exposureKindIds } from './exposure-kinds.ts';

/** What text was sanitised: one item, or the whole referral. */
export const sanitisedPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), item: entryIdSchema }),
  z.strictObject({ kind: z.literal('whole') }),
]);
export type SanitisedPart = z.output<typeof sanitisedPartSchema>;

/**
 * A mark of the reporter-exposure check, and what a person made of it. `start` and `end` count UTF-16 units, end
 * exclusive, in the original or in the sanitised text.
 */
export const treatedMarkSchema = z.strictObject({
  in: z.enum(['original', 'sanitised']),
  kind: z.enum(exposureKindIds),
  start: z.int().min(0).max(50_000),
  end: z.int().min(1).max(50_000),
  text: z.string().min(1).max(2_000),
  /** `resolved`: the words are gone from the sanitised text. `dismissed`: they stay, for the reason given. */
  treatment: z.enum(['open', 'resolved', 'dismissed']),
  why: note.nullable(),
});
export type TreatedMark = z.output<typeof treatedMarkSchema>;
