import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { signStatement, verifyStatement } from '#shared/crypto/signed-statement.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { unitIdSchema } from '#shared/log/header.ts';

/*
 * Which entry founded a unit, as the endpoint said when it took it in. The key that says so is in no database: whoever
 * writes to that one alone, and puts another log in the place of a unit's, gets no report sealed to them.
 */

const foundingKind = {
  typ: 'probity-founding+1',
  /** `entry` is the hash of the founding entry. */
  schema: z.strictObject({ unit: unitIdSchema, entry: digestSchema }),
};
type Founding = z.output<typeof foundingKind.schema>;

export const signFounding = (founding: Founding, endpoint: SigningKey): Promise<string> =>
  signStatement(foundingKind, founding, endpoint);

/** Null when this endpoint did not sign it. Never throws. */
export const verifyFounding = (statement: string, endpointKey: AuthorKey): Promise<Founding | null> =>
  verifyStatement(foundingKind, statement, () => endpointKey).catch(() => null);
