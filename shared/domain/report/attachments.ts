import { z } from 'zod';
import { digestSchema, secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { writtenAsIs } from '../written/written.ts';

/**
 * What a report may carry. Nothing that runs, and nothing that an archive could hide. The same for every unit: the endpoint takes
 * reports in, and reads no policy.
 */
export const attachmentTypes = ['image/jpeg', 'image/png', 'application/pdf', 'text/plain'] as const;

export const attachmentLimits = {
  /** Attachments in one report. */
  count: 10,
  /** Bytes of one attachment. */
  bytes: 10 * 1024 * 1024,
} as const;

export const attachmentNameSchema = writtenAsIs(200).regex(/^[^\p{Cc}/\\]+$/u);

/** As it is to arrive with a report: the bytes in standard base64. What arrives otherwise is left out, and named. */
export const sentAttachmentSchema = z.strictObject({
  name: attachmentNameSchema,
  type: z.enum(attachmentTypes),
  bytes: z.base64().max(Math.ceil(attachmentLimits.bytes / 3) * 4),
});
export type SentAttachment = z.output<typeof sentAttachmentSchema>;

/**
 * Why an attachment was left out of a report. `type`: not one of those that a report may carry. `size`: too large.
 * `content`: not of the type that it claims. `name`: not the name of a file. `malformed`: it could not be read.
 */
export const leftOutReasons = ['type', 'size', 'content', 'name', 'malformed'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

const shown = (most: number) =>
  writtenAsIs(most)
    .regex(/^\P{Cc}+$/u)
    .nullable();
/** Characters of an attachment's name and type that are told where it was left out. */
export const leftOutLengths = { name: 200, type: 100 } as const;

/** What is told of an attachment that was left out: nothing of its bytes. */
export const leftOutSchema = z.strictObject({
  /** Its place in the report as it was sent, from 0. */
  index: z
    .int()
    .min(0)
    .max(attachmentLimits.count - 1),
  /** As they were sent, cut; null where they were no text, or none that can be seen. */
  name: shown(leftOutLengths.name),
  type: shown(leftOutLengths.type),
  /** Bytes; null where it could not be read. */
  size: z.int().min(0).nullable(),
  why: z.enum(leftOutReasons),
});
export type LeftOut = z.output<typeof leftOutSchema>;

/** As it stands in a referral: where the sealed chunks are, and the key that opens them (log of the unit only). */
export const attachmentSchema = z.strictObject({
  name: attachmentNameSchema,
  type: z.enum(attachmentTypes),
  size: z.int().min(0).max(attachmentLimits.bytes),
  /** SHA-256 of the whole plaintext. */
  digest: digestSchema,
  /** 32-byte AES key, base64url. */
  key: secretKeySchema,
  /** SHA-256 of each sealed chunk, in order. */
  chunks: z.array(digestSchema).max(100),
});
export type Attachment = z.output<typeof attachmentSchema>;
