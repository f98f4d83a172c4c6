import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import { attachmentLimits, type SentAttachment } from '#shared/domain/report/attachments.ts';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { Refusal } from '../http/problems.ts';

type Type = SentAttachment['type'];

/**
 * The attachment's bytes. What claims to be a picture and is not never reaches a workstation.
 * @param index its place in the report, for the refusal: its name may be telling
 */
export function checkAttachment({ type, bytes: base64 }: SentAttachment, index: number): Bytes {
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
