import { type SealedChunk, sealChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, fromUtf8, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { type Attachment, attachmentLimits, type SentAttachment } from '#shared/domain/report/attachments.ts';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { Refusal } from '../http/problems.ts';

type Type = SentAttachment['type'];

/**
 * The attachment's bytes. What claims to be a picture and is not never reaches a workstation.
 * @param index its place in the report, for the refusal: its name may be telling
 */
function checkAttachment({ type, bytes: base64 }: SentAttachment, index: number): Bytes {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length > attachmentLimits.bytes) {
    throw new Refusal('attachment-too-large', `Attachment ${index} has more than ${attachmentLimits.bytes} bytes.`);
  }
  if (!isOfType(type, bytes)) {
    throw new Refusal('attachment-type-mismatch', `Attachment ${index} is not of the type ${type}.`);
  }
  return bytes;
}

function isOfType(type: Type, bytes: Bytes): boolean {
  if (type !== 'text/plain') return beginsAs(type, bytes);
  try {
    fromUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}

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
