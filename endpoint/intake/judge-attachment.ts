import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import {
  type Attachment,
  attachmentLimits,
  attachmentNameSchema,
  attachmentTypes,
  type LeftOut,
  type LeftOutReason,
  leftOutLengths,
  sentAttachmentSchema,
} from '#shared/domain/report/attachments.ts';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { isSeen } from '#shared/kernel/visible-text.ts';
import type { ReadAttachment } from './read-attachments.ts';

type Type = Attachment['type'];

/** An attachment that may go with its report. */
export interface FitAttachment {
  readonly name: string;
  readonly type: Type;
  readonly bytes: Bytes;
}

/** Whether a report may carry it. What claims to be a picture and is not never reaches a workstation. */
export function judgeAttachment(read: ReadAttachment, index: number): FitAttachment | LeftOut {
  const size = sizeOf(read);
  const leftOut = (why: LeftOutReason): LeftOut => ({
    index,
    name: shown(read.name, leftOutLengths.name),
    type: shown(read.type, leftOutLengths.type),
    size,
    why,
  });
  const { name, type, bytes: base64, hasMore } = read;
  if (size === null || name === null || type === null || base64 === null || hasMore) return leftOut('malformed');
  if (!isType(type)) return leftOut('type');
  if (size > attachmentLimits.bytes) return leftOut('size');
  if (!attachmentNameSchema.safeParse(name).success) return leftOut('name');
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return isOfType(type, bytes) ? { name, type, bytes } : leftOut('content');
}

/** Null where the bytes are no base64. What is too large is not read further than to its length. */
function sizeOf({ bytes }: ReadAttachment): number | null {
  if (bytes === null) return null;
  const size = Buffer.byteLength(bytes, 'base64');
  if (size > attachmentLimits.bytes) return size;
  return sentAttachmentSchema.shape.bytes.safeParse(bytes).success ? size : null;
}

const isType = (type: string): type is Type => attachmentTypes.some((each) => each === type);

function isOfType(type: Type, bytes: Bytes): boolean {
  if (type !== 'text/plain') return beginsAs(type, bytes);
  try {
    fromUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The beginning of it, without characters that no screen shows; null where nothing of it can be seen. */
function shown(text: string | null, most: number): string | null {
  const cut =
    text
      ?.slice(0, most)
      .toWellFormed()
      .replace(/\p{Cc}/gu, '\uFFFD') ?? '';
  return isSeen(cut, 1) ? cut : null;
}
