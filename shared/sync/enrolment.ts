import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { fromBase64url, fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import { authorKeySchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/** A one-time code as a person types it: Crockford base32 in groups, case and spaces as they come. */
export const enrolmentCodeSchema = z
  .string()
  .max(64)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9A-Z]{8,32}$/, 'A code has 8 to 32 letters and digits.'));

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

const statementTyp = 'probity-unit-key+1';
const statementClaimsSchema = z.strictObject({
  unit: unitIdSchema,
  publicKey: sealingPublicKeySchema,
  founder: authorKeySchema,
});
export type SealingKeyStatement = z.output<typeof statementClaimsSchema>;

export const signSealingKey = (claims: SealingKeyStatement, founder: SigningKey): Promise<string> =>
  new CompactSign(toBytes(claims))
    .setProtectedHeader({ alg: 'Ed25519', typ: statementTyp })
    .sign(founder.privateKey as Parameters<CompactSign['sign']>[0]);

/** @throws when the statement is not signed by the founder that it names */
export async function verifySealingKey(statement: string): Promise<SealingKeyStatement> {
  const claimed = statementClaimsSchema.parse(fromBytes(fromBase64url(statement.split('.')[1] ?? '')));
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: claimed.founder };
  const { payload, protectedHeader } = await compactVerify(statement, jwk, { algorithms: ['Ed25519'] });
  if (protectedHeader.typ !== statementTyp) throw new TypeError('not a sealing key statement');
  return statementClaimsSchema.parse(fromBytes(payload));
}
