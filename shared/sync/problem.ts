import { z } from 'zod';

/** An error reply of the endpoint: problem+json (RFC 9457). `code` is for programs; `detail` for a person. */
export const problemSchema = z.object({
  type: z.string().max(200),
  title: z.string().max(200),
  status: z.int().min(400).max(599),
  code: z.string().max(60),
  detail: z.string().max(2000),
});
export type Problem = z.output<typeof problemSchema>;

/** Every code of the endpoint. Stable: programs depend on them. */
export const problemCodes = [
  'json-malformed',
  'request-malformed',
  'entry-malformed',
  'entry-signature',
  'entry-parts',
  'entry-other-unit',
  'entry-author-reserved',
  'entry-seen',
  'founding-refused',
  'digest-mismatch',
  'attachment-type-mismatch',
  'transfer-to-self',
  'token-missing',
  'token-refused',
  'token-replayed',
  'device-unknown',
  'code-refused',
  'device-not-allowed',
  'entry-author-unknown',
  'not-found',
  'blob-unknown',
  'force-unknown',
  'unit-unknown',
  'transfer-unknown',
  'reference-unknown',
  'method-not-allowed',
  'unit-not-ready',
  'unit-founded',
  'entry-newer',
  'device-enrolled-elsewhere',
  'entry-out-of-order',
  'entry-id-reused',
  'transfer-id-reused',
  'body-too-large',
  'attachment-too-large',
  'report-too-large',
  'transfer-too-large',
  'media-type-unsupported',
  'rate-limited',
  'headers-too-large',
  'internal-error',
  'storage-full',
  'storage-unavailable',
] as const;
export type ProblemCode = (typeof problemCodes)[number];
