import { type Bytes, utf8 } from './encoding.ts';

/** HKDF-SHA-256 (RFC 5869), empty salt: the input is a uniform key already. Returns 32 bytes. */
export async function deriveBytes(secret: Bytes, info: string): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, 256));
}
