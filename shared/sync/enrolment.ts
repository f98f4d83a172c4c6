import { z } from 'zod';
import { authorKeySchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import { signStatement, verifyStatement } from '#shared/crypto/signed-statement.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/** A one-time code as a person types it: Crockford base32 in groups, case and spaces as they come. */
export const enrolmentCodeSchema = z
  .string()
  .max(64)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-Z]{8,32}$/));

/** Sent with a request token signed by the new device's own key, which is thereby enrolled. */
export const enrolmentSchema = z.strictObject({ code: enrolmentCodeSchema });

/** Compact JWS by the unit's founder over the unit's public sealing key. */
const statementSchema = z.string().max(4096);

const directoryUnitSchema = z.strictObject({
  id: unitIdSchema,
  name: z.string().min(1).max(120),
  force: z.string().min(1).max(60),
  forceName: z.string().min(1).max(120),
  /** Null until the unit is founded: no referral can be sealed to it before. */
  sealingKey: statementSchema.nullable(),
});

export const enrolmentReplySchema = z.strictObject({
  purpose: z.enum(['workstation', 'intake']),
  /** The unit of a workstation; null for an intake device, which serves all. */
  unit: directoryUnitSchema.nullable(),
  /** To be pinned: the key of all heads and referrals from this endpoint. */
  endpointKey: authorKeySchema,
});
export type EnrolmentReply = z.output<typeof enrolmentReplySchema>;

export const directorySchema = z.strictObject({
  endpointKey: authorKeySchema,
  units: z.array(directoryUnitSchema).max(500),
});

export const sealingKeyRequestSchema = z.strictObject({ statement: statementSchema });

const sealingKeyKind = {
  typ: 'probity-unit-key+1',
  schema: z.strictObject({ unit: unitIdSchema, publicKey: sealingPublicKeySchema, founder: authorKeySchema }),
};
export type SealingKeyStatement = z.output<typeof sealingKeyKind.schema>;

export const signSealingKey = (claims: SealingKeyStatement, founder: SigningKey): Promise<string> =>
  signStatement(sealingKeyKind, claims, founder);

/** @throws when the statement is not signed by the founder that it names */
export const verifySealingKey = (statement: string): Promise<SealingKeyStatement> =>
  verifyStatement(sealingKeyKind, statement, ({ founder }) => founder);
