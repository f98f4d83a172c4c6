import { z } from 'zod';
import { attachmentLimits, leftOutSchema, sentAttachmentSchema } from './attachments.ts';
import { referenceSchema, reportSchema } from './report.ts';

/** Whatever stands in it: an attachment that cannot be taken costs itself, and never the report. */
const sentAttachmentsSchema = z.custom<readonly unknown[]>(Array.isArray).meta({
  type: 'array',
  maxItems: attachmentLimits.count,
  items: z.toJSONSchema(sentAttachmentSchema, { io: 'input' }),
});

/** `POST /v1/reports`. `id` is made by the sender; sending it again gives the same reference. */
export const intakeSchema = z.strictObject({
  id: z.uuid(),
  report: reportSchema,
  attachments: sentAttachmentsSchema,
});
export type Intake = z.output<typeof intakeSchema>;

export const intakeReplySchema = z.strictObject({
  reference: referenceSchema,
  leftOut: z.array(leftOutSchema).max(attachmentLimits.count),
});
export type IntakeReply = z.output<typeof intakeReplySchema>;
