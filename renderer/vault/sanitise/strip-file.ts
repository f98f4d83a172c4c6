import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import { type Attachment, attachmentLimits } from '#shared/domain/report/attachments.ts';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { PictureCodec } from './picture-codec.ts';
import { CannotStrip, type Strip, type Stripped } from './strip.ts';
import { stripPicture } from './strip-picture.ts';

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Text has nothing beside its characters, except for a mark of how some programmes save it. @throws CannotStrip */
function stripText(bytes: Bytes): Stripped {
  const marked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  const copy = marked ? bytes.slice(byteOrderMark.length) : bytes;
  try {
    // Text of another encoding can pass as UTF-8 that is half noughts.
    if (fromUtf8(copy).includes('\u0000')) throw new TypeError('not text');
  } catch {
    throw new CannotStrip('text-not-plain');
  }
  return { type: 'text/plain', bytes: copy, removed: marked ? ['byteOrderMark'] : [] };
}

async function strip(codec: PictureCodec, type: Attachment['type'], bytes: Bytes): Promise<Stripped> {
  switch (type) {
    case 'image/jpeg':
    case 'image/png':
      return stripPicture(codec, type, bytes);
    case 'application/pdf': {
      // Large, and needed for nothing else.
      const { stripPdf } = await import('./pdf/strip-pdf.ts');
      return stripPdf(codec, bytes);
    }
    case 'text/plain':
      return stripText(bytes);
  }
}

/** Strips by what the bytes are, and never by what a name says. */
export const createStrip =
  (codec: PictureCodec): Strip =>
  async (type, bytes) => {
    if (type !== 'text/plain' && !beginsAs(type, bytes)) {
      return err(refuse('file-not-of-its-type'));
    }
    try {
      const stripped = await strip(codec, type, bytes);
      if (stripped.bytes.length > attachmentLimits.bytes) {
        return err(refuse('copy-too-large'));
      }
      return ok(stripped);
    } catch (error) {
      if (error instanceof CannotStrip) return err(error.refusal);
      return err(refuse('file-undecodable'));
    }
  };
