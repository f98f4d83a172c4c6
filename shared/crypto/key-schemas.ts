import { z } from 'zod';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';

/** Bytes of any number but none. */
export const base64urlSchema = z.string().regex(/^[A-Za-z0-9_-]+$/);

const base64url = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));

/** 32 bytes are 43 characters of unpadded base64url. */
export const authorKeySchema = base64url(43).transform((key) => key as AuthorKey);
export const digestSchema = base64url(43).transform((digest) => digest as Digest);
/** A 32-byte secret key. */
export const secretKeySchema = base64url(43);
/** A public X-Wing key: 1216 bytes. */
export const sealingPublicKeySchema = base64url(1622);
