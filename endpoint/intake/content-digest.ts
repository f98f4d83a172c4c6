import { createHmac } from 'node:crypto';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import type { Report } from '#shared/domain/report/report.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { ReadAttachment } from './read-attachments.ts';

/**
 * Says whether two reports of one id are the same. The same is what is kept of them: the report as it was parsed, and the
 * attachments in their order, each with its name, type and bytes. How the JSON was laid out, and blanks around a text,
 * do not count. Keyed: a report has few enough likely words that a plain digest could be tried on guesses.
 */
export function digestOfContent(key: Bytes, report: Report, attachments: readonly ReadAttachment[]): Digest {
  const hmac = createHmac('sha256', key).update('probity/report/1/');
  const parts = [toCanonicalBytes(report)];
  for (const { bytes, ...rest } of attachments) {
    parts.push(toCanonicalBytes({ ...rest, hasBytes: bytes !== null }), utf8(bytes ?? ''));
  }
  // The length before each part: no two lists of parts give the same bytes.
  for (const part of parts) hmac.update(`${part.length}:`).update(part);
  return toBase64url(new Uint8Array(hmac.digest())) as Digest;
}
