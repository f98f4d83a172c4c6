import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './encoding.ts';

/**
 * SHA-256 (FIPS 180-4) over the parts, one after the other, at once. For what hashes many small things, as a tree of hashes
 * does: WebCrypto answers each digest later, which takes longer than the digest. For bytes of any size, `sha256` in hash.ts.
 */
export function sha256Now(...parts: readonly Uint8Array[]): Bytes {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest() as Bytes;
}
