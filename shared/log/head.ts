import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { concat, fromBase64url, fromBytes, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { unitIdSchema } from './header.ts';

/** The state of a unit's log at one position. `hash` covers every entry up to it, in order. */
export const headSchema = z.strictObject({
  unit: unitIdSchema,
  position: z.int().min(0),
  hash: digestSchema,
  /** When the endpoint signed it. */
  at: z.iso.datetime(),
});
export type Head = z.output<typeof headSchema>;

/** A head signed by the endpoint: compact JWS. */
export const signedHeadSchema = z.string().min(1).max(2048);
export type SignedHead = string;

const typ = 'probity-head+1';

/** Hash of an empty log. */
export const emptyLogHash = (unit: UnitId): Promise<Digest> => digestOf(utf8(`probity/log/1/${unit}`));

/** head(n) = SHA-256(head(n-1) || hash of entry n), over raw digests. */
export const extendHash = (previous: Digest, entry: Digest): Promise<Digest> =>
  digestOf(concat(fromBase64url(previous), fromBase64url(entry)));

export const signHead = (head: Head, key: SigningKey): Promise<SignedHead> =>
  new CompactSign(toBytes(head))
    .setProtectedHeader({ alg: 'Ed25519', typ })
    .sign(key.privateKey as Parameters<CompactSign['sign']>[0]);

/** @param endpointKey the pinned key of the endpoint: never one that came with the head */
export async function verifyHead(signed: SignedHead, endpointKey: AuthorKey): Promise<Result<Head, 'head-signature'>> {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: endpointKey };
    const { payload, protectedHeader } = await compactVerify(signed, jwk, { algorithms: ['Ed25519'] });
    if (protectedHeader.typ !== typ) throw new TypeError('not a head');
    return ok(headSchema.parse(fromBytes(payload)));
  } catch {
    return err('head-signature');
  }
}

export interface LogState {
  readonly position: Position;
  readonly hash: Digest;
}
