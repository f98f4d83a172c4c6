import { z } from 'zod';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';

/** A signing key as it lies in a file. `pkcs8` is the private key, base64url. */
export const storedKeySchema = z.strictObject({
  author: authorKeySchema,
  pkcs8: z.string().regex(/^[A-Za-z0-9_-]{40,200}$/),
});
export type StoredKey = z.output<typeof storedKeySchema>;

export async function newStoredKey(): Promise<StoredKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return { author, pkcs8: toBase64url(pkcs8) };
}

export const importStoredKey = ({ author, pkcs8 }: StoredKey): Promise<SigningKey> =>
  importSigningKey(author, fromBase64url(pkcs8));
