import { CompactSign, compactVerify } from 'jose';
import type { z } from 'zod';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { fromBase64url, fromBytes, toBytes } from './encoding.ts';
import type { SigningKey } from './signing.ts';

/** Claims under one signature: compact JWS (RFC 7515) with Ed25519 and no other algorithm. */
export interface StatementKind<Claims> {
  /** In the signed header, so that a statement of one kind can never be taken for another. */
  readonly typ: string;
  readonly schema: z.ZodType<Claims>;
}

export const signStatement = <Claims>(
  { typ }: StatementKind<Claims>,
  claims: Claims,
  key: SigningKey,
): Promise<string> =>
  new CompactSign(toBytes(claims))
    .setProtectedHeader({ alg: 'Ed25519', typ })
    .sign(key.privateKey as Parameters<CompactSign['sign']>[0]);

/**
 * @param signerOf who must have signed: a key that is known, or the one that the claims name
 * @throws when it is of another kind, or not signed by them
 */
export async function verifyStatement<Claims>(
  { typ, schema }: StatementKind<Claims>,
  jws: string,
  signerOf: (claimed: Claims) => AuthorKey,
): Promise<Claims> {
  const claimed = schema.parse(fromBytes(fromBase64url(jws.split('.')[1] ?? '')));
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: signerOf(claimed) };
  const { payload, protectedHeader } = await compactVerify(jws, jwk, { algorithms: ['Ed25519'] });
  if (protectedHeader.typ !== typ) throw new TypeError(`not a ${typ}`);
  return schema.parse(fromBytes(payload));
}
