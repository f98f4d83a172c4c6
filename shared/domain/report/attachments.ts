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

const name = writtenAsIs(200).regex(/^[^\p{Cc}/\\]+$/u);

/** As it arrives with a report: the bytes in standard base64. */
export const sentAttachmentSchema = z.strictObject({
  name,
  type: z.enum(attachmentTypes),
  bytes: z.base64().max(Math.ceil(attachmentLimits.bytes / 3) * 4),
});
export type SentAttachment = z.output<typeof sentAttachmentSchema>;

/** As it stands in a referral: where the sealed chunks are, and the key that opens them (log of the unit only). */
export const attachmentSchema = z.strictObject({
  name,
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
