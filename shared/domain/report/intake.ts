import { z } from 'zod';
import { attachmentLimits, sentAttachmentSchema } from './attachments.ts';
import { referenceSchema, reportSchema } from './report.ts';

/** `POST /v1/reports`. `id` is made by the sender; sending it again gives the same reference. */
export const intakeSchema = z.strictObject({
  id: z.uuid(),
  report: reportSchema,
  attachments: z.array(sentAttachmentSchema).max(attachmentLimits.count),
});
export type Intake = z.output<typeof intakeSchema>;

export const intakeReplySchema = z.strictObject({ reference: referenceSchema });
