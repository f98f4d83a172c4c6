import type { Digest } from '#shared/kernel/ids.ts';
import { fromBase64url, toBase64url } from './encoding.ts';
import { sha256Now } from './sha256-now.ts';

/*
 * An X-Wing public key (draft-connolly-cfrg-xwing-kem): the encapsulation key of ML-KEM-768, then the X25519 key. Not all
 * strings of that length are one, and what is sealed to the others stops whoever seals, or opens for anybody.
 */

/** Bytes of X-Wing's ML-KEM-768 part without the seed that follows the coefficients (FIPS 203). */
const coefficientBytes = 1152;
const mlKemBytes = 1184;
const x25519Bytes = 32;
const q = 3329;

/** The check of FIPS 203 section 7.2: each coefficient, 12 bits, is below q. */
function isReduced(bytes: Uint8Array): boolean {
  for (let at = 0; at < coefficientBytes; at += 3) {
    const [low = 0, middle = 0, high = 0] = bytes.subarray(at, at + 3);
    if ((low | ((middle & 0xf) << 8)) >= q || ((middle >> 4) | (high << 4)) >= q) return false;
  }
  return true;
}

/**
 * A point of small order shares a secret that everybody knows (RFC 7748 section 6.1). On the curve, whose cofactor is 8,
 * their coordinates are 0 (order 2), 1 (order 4) and two of order 8; on its twist, whose cofactor is 4, 0 and p − 1. Looked
 * up, because a multiplication takes 2 ms, and each key of a roster is parsed whenever the roster is read.
 */
const ofSmallOrder: ReadonlySet<string> = new Set([
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '4Ot6fDtBuK4WVuP68Z_EatoJjeucMrH9hmIFFl9JuAA',
  'X5yVvKNQjCSx0LFVnIPvWwREXMRYHI6G2CJO3dCfEVc',
  '7P_______________________________________38',
]);

/** The one encoding of a coordinate: below 2^255 − 19. */
function isCanonical(publicKey: Uint8Array): boolean {
  const [lowest = 0, ...rest] = publicKey;
  const highest = rest.pop() ?? 0;
  return highest < 0x7f || (highest === 0x7f && !(rest.every((byte) => byte === 0xff) && lowest >= 0xed));
}

/** A public key is named by its hash. @param key base64url */
export const sealingKeyIdOf = (key: string): Digest => toBase64url(sha256Now(fromBase64url(key))) as Digest;

/** Whether something can be sealed to a key, for its holder alone. @param key base64url. Never throws. */
export function isSealingKey(key: string): boolean {
  const bytes = fromBase64url(key);
  const classical = bytes.subarray(mlKemBytes);
  if (classical.length !== x25519Bytes) return false;
  return isReduced(bytes) && isCanonical(classical) && !ofSmallOrder.has(toBase64url(classical));
}
