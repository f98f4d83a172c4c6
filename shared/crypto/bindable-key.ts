import { ed25519 } from '@noble/curves/ed25519.js';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { fromBase64url, toBase64url } from './encoding.ts';

/**
 * `why`: `encoding` is no 32 bytes, or not their one base64url; `point` is no point of the curve, or not its one encoding
 * (RFC 8032 section 5.1.3); `order` has a part of small order.
 */
export type KeyFault = Notice<'key-unfit'>;

const unfit = (why: 'encoding' | 'point' | 'order') => err(notice('key-unfit', { why }));

/**
 * An Ed25519 public key that may be bound to somebody. Everybody can sign for a key of small order. A key with two spellings
 * would be two authors. And what a key with a part of small order signed, one implementation takes and another refuses
 * ("Taming the Many EdDSAs", IACR ePrint 2020/1244), so that replicas would judge one entry differently. Never throws.
 */
export function parseBindableKey(input: unknown): Result<AuthorKey, KeyFault> {
  if (typeof input !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(input)) return unfit('encoding');
  const bytes = fromBase64url(input);
  if (toBase64url(bytes) !== input) return unfit('encoding');
  try {
    const point = ed25519.Point.fromBytes(bytes, false);
    if (point.isSmallOrder() || !point.isTorsionFree()) return unfit('order');
  } catch {
    return unfit('point');
  }
  return ok(input as AuthorKey);
}
