import type { Digest } from '#shared/kernel/ids.ts';
import { type Bytes, toBase64url } from './encoding.ts';

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export const digestOf = async (bytes: Bytes): Promise<Digest> => toBase64url(await sha256(bytes)) as Digest;
