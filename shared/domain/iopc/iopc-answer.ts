import { z } from 'zod';
import { entryIdSchema, instant, line, note } from '../event/fields.ts';
import { iopcModeIds } from './iopc.ts';

/** What the IOPC answered to a referral. */
export const iopcAnswerSchema = z.strictObject({
  /** Entry of the `iopc.referred` that is answered. */
  referral: entryIdSchema,
  mode: z.enum(iopcModeIds),
  answeredAt: instant,
  /** The IOPC's own reference. */
  reference: line(100).nullable(),
  note: note.nullable(),
});
export type IopcAnswer = z.output<typeof iopcAnswerSchema>;
