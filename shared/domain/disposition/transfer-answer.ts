import { z } from 'zod';
import { entryIdSchema, instant, note } from '../event/fields.ts';

const transferAnswers = ['acknowledged', 'sentBack'] as const;

/** What the unit that a case went to says of it. */
export const transferAnswerSchema = z.strictObject({
  disposition: entryIdSchema,
  answer: z.enum(transferAnswers),
  answeredAt: instant,
  why: note.nullable(),
});
export type TransferAnswered = z.output<typeof transferAnswerSchema>;
