import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, concat, fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';

/* A key with a part of small order, under which good signatures can be made: such a key is not fit to be bound. */

const { BASE, Fn } = ed25519.Point;
const secret = 7n;
const ofOrderTwo = ed25519.Point.fromHex(`ec${'ff'.repeat(30)}7f`);

export const keyWithPart = toBase64url(BASE.multiply(secret).add(ofOrderTwo).toBytes() as Bytes) as AuthorKey;

const littleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

/** A signature by it that verifies: its challenge is even. */
export function signWithPart(message: Bytes): Bytes {
  for (let nonce = 1n; ; nonce += 1n) {
    const commitment = BASE.multiply(nonce).toBytes() as Bytes;
    const input = concat(commitment, fromBase64url(keyWithPart), message);
    const challenge = littleEndian(createHash('sha512').update(input).digest()) % Fn.ORDER;
    if (challenge % 2n === 1n) continue;
    return concat(commitment, Fn.toBytes(Fn.create(nonce + challenge * secret)));
  }
}
