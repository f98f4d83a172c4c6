import { z } from 'zod';
import { concat, fromBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { signStatement, verifyStatement } from '#shared/crypto/signed-statement.ts';
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

/** A head signed by the endpoint. */
export const signedHeadSchema = z.string().min(1).max(2048);
export type SignedHead = string;

const headKind = { typ: 'probity-head+1', schema: headSchema };

/** Hash of an empty log. */
export const emptyLogHash = (unit: UnitId): Promise<Digest> => digestOf(utf8(`probity/log/1/${unit}`));

/** head(n) = SHA-256(head(n-1) || hash of entry n), over raw digests. */
export const extendHash = (previous: Digest, entry: Digest): Promise<Digest> =>
  digestOf(concat(fromBase64url(previous), fromBase64url(entry)));

export const signHead = (head: Head, key: SigningKey): Promise<SignedHead> => signStatement(headKind, head, key);

/** @param endpointKey the pinned key of the endpoint: never one that came with the head */
export async function verifyHead(signed: SignedHead, endpointKey: AuthorKey): Promise<Result<Head, 'head-signature'>> {
  try {
    return ok(await verifyStatement(headKind, signed, () => endpointKey));
  } catch {
    return err('head-signature');
  }
}

export interface LogState {
  readonly position: Position;
  readonly hash: Digest;
}
