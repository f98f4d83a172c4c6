import { decode, encode } from 'cborg';
import type { Bytes } from './encoding.ts';

const strict = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
  rejectDuplicateMapKeys: true,
} as const;

/**
 * CBOR in its deterministic form (RFC 8949 section 4.2): what travels as bytes, without the third that base64 adds. In
 * bytes of its own: Node's encoder answers with a piece of a pool that others share.
 */
export const toCbor = (value: unknown): Bytes => new Uint8Array(encode(value));

/**
 * Byte strings of the answer are copies: `bytes` may be let go, or used again.
 * @throws Error when the bytes are no CBOR, hold a key twice, or say a number or length in more bytes than it needs
 */
export const fromCbor = (bytes: Uint8Array): unknown => decode(bytes, strict);
