import { join } from 'node:path';
import { z } from 'zod';
import { enrolmentReplySchema } from '#shared/sync/enrolment.ts';
import { type SecretStore, sealedFile } from './sealed-file.ts';

const enrolmentSchema = z.strictObject({
  /** Origin of the endpoint. */
  endpoint: z.string().max(300),
  /** With the endpoint's key, pinned: heads and referrals signed by any other are not believed. */
  reply: enrolmentReplySchema,
});
export type StoredEnrolment = z.output<typeof enrolmentSchema>;

/** Which unit this workstation belongs to, and where its endpoint is: `enrolment.json`. */
export const enrolmentStore = (profile: string, secrets: SecretStore) =>
  sealedFile<StoredEnrolment>(join(profile, 'enrolment.json'), enrolmentSchema, secrets);
