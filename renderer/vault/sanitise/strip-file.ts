import type { Bytes } from '#shared/crypto/encoding.ts';
import { type Attachment, attachmentLimits } from '#shared/domain/report/attachments.ts';
import { beginsAs } from '#shared/kernel/file-beginnings.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { PictureCodec } from './picture-codec.ts';
import { CannotStrip, type Strip, type Stripped } from './strip.ts';
import { stripPicture } from './strip-picture.ts';
import { stripText } from './strip-text.ts';

async function strip(codec: PictureCodec, type: Attachment['type'], bytes: Bytes): Promise<Stripped> {
  switch (type) {
    case 'image/jpeg':
    case 'image/png':
      return stripPicture(codec, type, bytes);
    case 'application/pdf': {
      // Large, and needed for nothing else.
      const { stripPdf } = await import('./pdf/strip-pdf.ts');
      return stripPdf(bytes);
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
