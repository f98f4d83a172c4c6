import { type Bytes, concat, randomBytes } from './encoding.ts';

const ivLength = 12;
const tagLength = 16;

/** What a box costs over its plaintext, in bytes: a random 96-bit IV before it and a 128-bit tag after it. */
export const boxOverhead = ivLength + tagLength;

/** A box did not open: another key, other context, or changed bytes. AES-GCM does not tell which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Imports 32 bytes as an AES-256-GCM key that cannot be read back. */
export const importContentKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/**
 * AES-256-GCM (NIST SP 800-38D) with a random IV. Returns IV, ciphertext, tag.
 * @param context authenticated, not encrypted: says where the box belongs, so that it opens nowhere else
 */
export async function seal(key: CryptoKey, plaintext: Bytes, context: Bytes): Promise<Bytes> {
  const iv = randomBytes(ivLength);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: context }, key, plaintext);
  return concat(iv, new Uint8Array(sealed));
}

/** @throws SealBroken */
export async function open(key: CryptoKey, box: Bytes, context: Bytes): Promise<Bytes> {
  if (box.length < boxOverhead) throw new SealBroken('The sealed data is shorter than any box can be.');
  const iv = box.subarray(0, ivLength);
  try {
    const algorithm = { name: 'AES-GCM', iv, additionalData: context };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, box.subarray(ivLength)));
  } catch {
    throw new SealBroken('The seal is broken: the data was changed, or belongs elsewhere.');
  }
}
