import { z } from 'zod';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { authorKeySchema, base64urlSchema } from '#shared/crypto/key-schemas.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';

/*
 * What a workstation says in its unit's name, and not in the unit's log, a member signs too: the key of the computer, which
 * signs every request, is no member's. What they say stays sealed, as it was.
 */

export const saidBySchema = z.strictObject({
  author: authorKeySchema,
  /** By the clock of their computer, in milliseconds: who kept it cannot say it again later. */
  at: z.int().min(0),
  /** 64 bytes. */
  signature: base64urlSchema.length(86),
});
export type SaidBy = z.output<typeof saidBySchema>;

/** What is said: the request without this signature, with all that its address says. */
export interface Said {
  readonly what: 'transfer' | 'answer' | 'outcome';
  readonly unit: UnitId;
  readonly body: object;
}

/** Milliseconds by which the clocks may differ, as for the signature of a request (request-token.ts). */
const longest = 60_000;

const signingInput = ({ what, unit, body }: Said, { author, at }: Pick<SaidBy, 'author' | 'at'>): Bytes =>
  concat(utf8('probity-said/1\n'), toCanonicalBytes({ what, unit, body, author, at }));

export async function signSaid(said: Said, key: SigningKey, at: number): Promise<SaidBy> {
  const { author } = key;
  return { author, at, signature: toBase64url(await sign(key, signingInput(said, { author, at }))) };
}

/** Whether they said it, and just now. Never throws. */
export const isSaidBy = async (said: Said, by: SaidBy, now: number): Promise<boolean> =>
  Math.abs(now - by.at) <= longest && verify(by.author, fromBase64url(by.signature), signingInput(said, by));
