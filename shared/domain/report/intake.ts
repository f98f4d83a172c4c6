import { z } from 'zod';
import { attachmentLimits, leftOutSchema, sentAttachmentSchema } from './attachments.ts';
import { publicCategoryIds } from './public-categories.ts';
import { centralReferenceSchema, centreChannels, centreContacts, reportSchema, subjectSchema } from './report.ts';

/** Whatever stands in it: an attachment that cannot be taken costs itself, and never the report. */
const sentAttachmentsSchema = z.custom<readonly unknown[]>(Array.isArray).meta({
  type: 'array',
  maxItems: attachmentLimits.count,
  items: z.toJSONSchema(sentAttachmentSchema, { io: 'input' }),
});

/** As the contact centre records it. */
export const centreReportSchema = reportSchema.extend({
  channel: z.enum(centreChannels),
  reporter: z.enum(centreContacts),
  categories: z.array(z.enum(publicCategoryIds)).min(1).max(5),
  subjects: z.array(subjectSchema).min(1).max(20),
  earlierReference: centralReferenceSchema.nullable(),
});

export type CentreReport = z.output<typeof centreReportSchema>;

/** `POST /v1/reports`. `id` is made by the sender; sending it again gives the same reference. */
export const intakeSchema = z.strictObject({
  id: z.uuid(),
  report: centreReportSchema,
  attachments: sentAttachmentsSchema,
});
export type Intake = z.output<typeof intakeSchema>;

export const intakeReplySchema = z.strictObject({
  reference: centralReferenceSchema,
  leftOut: z.array(leftOutSchema).max(attachmentLimits.count),
});
export type IntakeReply = z.output<typeof intakeReplySchema>;
