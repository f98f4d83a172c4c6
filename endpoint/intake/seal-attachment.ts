import { type SealedChunk, sealChunks } from '#shared/crypto/chunks.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Attachment, SentAttachment } from '#shared/domain/report/attachments.ts';
import { checkAttachment } from './check-attachment.ts';

export interface SealedAttachment {
  /** What the referral says of it, its key included: travels sealed only. */
  readonly attachment: Attachment;
  readonly chunks: readonly SealedChunk[];
}

/** @throws Refusal when it is not what it claims to be */
export async function sealAttachment(sent: SentAttachment, index: number): Promise<SealedAttachment> {
  const bytes = checkAttachment(sent, index);
  const key = randomBytes(32);
  const [chunks, digest] = await Promise.all([sealChunks(key, bytes), digestOf(bytes)]);
  const attachment: Attachment = {
    name: sent.name,
    type: sent.type,
    size: bytes.length,
    digest,
    key: toBase64url(key),
    chunks: chunks.map((chunk) => chunk.digest),
  };
  return { attachment, chunks };
}
