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
