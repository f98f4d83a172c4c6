import { type SealedChunk, sealChunks } from '#shared/crypto/chunks.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { FitAttachment } from './judge-attachment.ts';

export interface SealedAttachment {
  /** What the referral says of it, its key included: travels sealed only. */
  readonly attachment: Attachment;
  readonly chunks: readonly SealedChunk[];
}

export async function sealAttachment({ name, type, bytes }: FitAttachment): Promise<SealedAttachment> {
  const key = randomBytes(32);
  const [chunks, digest] = await Promise.all([sealChunks(key, bytes), digestOf(bytes)]);
  const attachment: Attachment = {
    name,
    type,
    size: bytes.length,
    digest,
    key: toBase64url(key),
    chunks: chunks.map((chunk) => chunk.digest),
  };
  return { attachment, chunks };
}
