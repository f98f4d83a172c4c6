import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { authorKeySchema, digestSchema } from '#shared/crypto/key-schemas.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/**
 * A request to the endpoint carries a JWT that a device signed for this request alone: method, path with query, and
 * body. In the manner of DPoP (RFC 9449), with the body bound as well.
 */
const typ = 'probity-request+jwt';
/** Seconds that a token lives, and that clocks may differ. */
const lifetime = 60;

export interface RequestToSign {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path with query, as it is sent. */
  readonly path: string;
  readonly body: Bytes;
}

const claimsSchema = z.object({
  iss: authorKeySchema,
  jti: z.uuid(),
  iat: z.int(),
  htm: z.string(),
  htu: z.string(),
  body: digestSchema,
});

/** @param id fresh UUID: the endpoint takes each only once. @param now milliseconds */
export async function signRequest(
  device: SigningKey,
  request: RequestToSign,
  id: string,
  now: number,
): Promise<string> {
  const claims = { htm: request.method, htu: request.path, body: await digestOf(request.body) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'Ed25519', typ })
    .setIssuer(device.author)
    .setJti(id)
    .setIssuedAt(Math.floor(now / 1000))
    .sign(device.privateKey as Parameters<SignJWT['sign']>[0]);
}

export interface RequestProof {
  readonly device: AuthorKey;
  /** To refuse when seen before. */
  readonly id: string;
  /** Seconds since the epoch after which the token is refused as too old, so that `id` may be forgotten. */
  readonly expires: number;
}

/** What a token claims about its request, before a byte of the body has been read. */
export interface TokenProof extends RequestProof {
  /** SHA-256 that the body must have. */
  readonly body: Digest;
}

/** `unsigned-or-old`: not signed by a device, or more than a minute ago by the clock of the endpoint. */
export type TokenFault = 'other-request' | 'other-body' | 'unsigned-or-old';

/** As `verifyRequest`, without the body: lets the endpoint turn a stranger away before it reads what they send. */
export async function verifyToken(
  token: string,
  request: Pick<RequestToSign, 'method' | 'path'>,
  now: number,
): Promise<Result<TokenProof, TokenFault>> {
  try {
    const claimed = claimsSchema.parse(decodeJwt(token));
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: claimed.iss };
    const { payload } = await jwtVerify(token, jwk, {
      algorithms: ['Ed25519'],
      typ,
      currentDate: new Date(now),
      clockTolerance: lifetime,
      maxTokenAge: lifetime,
    });
    const claims = claimsSchema.parse(payload);
    if (claims.htm !== request.method || claims.htu !== request.path) return err('other-request');
    return ok({ device: claims.iss, id: claims.jti, expires: claims.iat + 2 * lifetime, body: claims.body });
  } catch {
    return err('unsigned-or-old');
  }
}

/** Whether a device that holds the key named in the token signed exactly this request just now. Not whether it may. */
export async function verifyRequest(
  token: string,
  request: RequestToSign,
  now: number,
): Promise<Result<RequestProof, TokenFault>> {
  const proof = await verifyToken(token, request, now);
  if (proof.ok && proof.value.body !== (await digestOf(request.body))) return err('other-body');
  return proof;
}
