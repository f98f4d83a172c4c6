import type { StreamId } from '#shared/kernel/ids.ts';
import { importContentKey } from './aead.ts';
import { type Bytes, utf8 } from './encoding.ts';

/** HKDF-SHA-256 (RFC 5869), empty salt: the input is a uniform key already. Returns 32 bytes. */
export async function deriveBytes(secret: Bytes, info: string): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, 256));
}

/** The content key of an unrestricted stream, from the unit key of one epoch. Anyone who holds the unit key can derive it. */
export const deriveStreamKey = async (unitKey: Bytes, stream: StreamId): Promise<CryptoKey> =>
  importContentKey(await deriveBytes(unitKey, `probity/stream/1/${stream}`));
