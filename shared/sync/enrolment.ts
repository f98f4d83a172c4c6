import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/** A one-time code as a person types it: Crockford base32 in groups, case and spaces as they come. */
export const enrolmentCodeSchema = z
  .string()
  .max(64)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-Z]{8,32}$/));

/** Sent with a request token signed by the new device's own key, which is thereby enrolled. */
export const enrolmentSchema = z.strictObject({ code: enrolmentCodeSchema });

/** The endpoint's two keys, to be pinned. */
const endpointKeys = {
  /** Signs what the endpoint writes itself: referrals, and what other units send. */
  endpointKey: authorKeySchema,
  /** Signs the checkpoints of all logs here. */
  checkpointKey: authorKeySchema,
};

const directoryUnitSchema = z.strictObject({
  id: unitIdSchema,
  name: z.string().min(1).max(120),
  force: z.string().min(1).max(60),
  forceName: z.string().min(1).max(120),
  /** Whether its log has begun: no referral can be sealed to it before. What its keys are, its roster says. */
  founded: z.boolean(),
});

export const enrolmentReplySchema = z.strictObject({
  purpose: z.enum(['workstation', 'intake']),
  /** The unit of a workstation; null for an intake device, which serves all. */
  unit: directoryUnitSchema.nullable(),
  ...endpointKeys,
});
export type EnrolmentReply = z.output<typeof enrolmentReplySchema>;

export const directorySchema = z.strictObject({
  ...endpointKeys,
  units: z.array(directoryUnitSchema).max(500),
});
