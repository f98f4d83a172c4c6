import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { nameOf } from '#shared/domain/written/written.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/** A one-time code as a person types it: Crockford base32 in groups, case and spaces as they come. */
export const enrolmentCodeSchema = z
  .string()
  .max(64)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-Z]{8,32}$/));

/** Sent with a request token signed by the new device's own key, which is thereby enrolled. */
export const enrolmentSchema = z.strictObject({ code: enrolmentCodeSchema });

/** The unit that a device is enrolled for, as the endpoint names it. */
const enrolledUnitSchema = z.strictObject({
  id: unitIdSchema,
  name: nameOf(120),
  force: z.string().min(1).max(60),
  forceName: nameOf(120),
  /** Whether its log has begun. */
  founded: z.boolean(),
});

export const enrolmentReplySchema = z.strictObject({
  purpose: z.enum(['workstation', 'intake']),
  /** The unit of a workstation; null for an intake device, which serves all. */
  unit: enrolledUnitSchema.nullable(),
  /* To be pinned. */
  /** Signs what the endpoint writes itself: referrals, and what other units send. */
  endpointKey: authorKeySchema,
  /** Signs the checkpoints of all logs here. */
  checkpointKey: authorKeySchema,
  /** Signs the directory. The endpoint does not have its private half. */
  operatorKey: authorKeySchema,
});
export type EnrolmentReply = z.output<typeof enrolmentReplySchema>;

/** What a device pins when it enrols. */
export type PinnedAtEnrolment = Pick<EnrolmentReply, 'endpointKey' | 'checkpointKey' | 'operatorKey'>;
