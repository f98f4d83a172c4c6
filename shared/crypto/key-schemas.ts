import { z } from 'zod';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { isSealingKey } from './sealing-key.ts';

/** Bytes of any number but none. */
export const base64urlSchema = z.string().regex(/^[A-Za-z0-9_-]+$/);

/**
 * 32 bytes in unpadded base64url are 43 characters, of which the last has two bits to spare. They are nought: a key or
 * digest that could be spelt in four ways would be four ids of one thing.
 */
export const thirtyTwoBytes = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const bytes32 = z.string().regex(new RegExp(`^${thirtyTwoBytes}$`));

export const authorKeySchema = bytes32.transform((key) => key as AuthorKey);
export const digestSchema = bytes32.transform((digest) => digest as Digest);
/** A 32-byte secret key. */
export const secretKeySchema = bytes32;
/**
 * A public X-Wing key: 1216 bytes, 1622 characters, of which the last has four bits to spare. Whoever binds one to a device,
 * or names it as a circle's, could otherwise stop all who must seal to it.
 */
export const sealingPublicKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1621}[AQgw]$/, { abort: true })
  .refine(isSealingKey);
