import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import { foundInJpeg, jpegSize } from './jpeg.ts';
import type { PictureCodec } from './picture-codec.ts';
import { foundInPng, pngSize } from './png.ts';
import { CannotStrip, notClean, type PictureType, type Stripped } from './strip.ts';

/** A decoded pixel takes four bytes, twice. Larger than the cameras of almost all telephones. */
const mostPixels = 64_000_000;
const mostSide = 32_000;

const found = { 'image/jpeg': foundInJpeg, 'image/png': foundInPng } as const;
const sizeOf = { 'image/jpeg': jpegSize, 'image/png': pngSize } as const;

/** Asked of the header, before a small file can become gigabytes of pixels. */
function refuseTooLarge(type: PictureType, bytes: Bytes): void {
  const { width, height } = sizeOf[type](bytes);
  if (width > 0 && height > 0 && width <= mostSide && height <= mostSide && width * height <= mostPixels) return;
  throw new CannotStrip('picture-too-large', { width, height, mostPixels });
}

async function encode(codec: PictureCodec, bytes: Bytes, from: PictureType, to: PictureType): Promise<Bytes> {
  try {
    return await codec.reencode(bytes, from, to);
  } catch {
    throw new CannotStrip('picture-undecodable');
  }
}

/** Only pixels pass: decoded, and encoded again. @throws CannotStrip */
export async function stripPicture(codec: PictureCodec, from: PictureType, bytes: Bytes): Promise<Stripped> {
  refuseTooLarge(from, bytes);
  let type = from;
  let copy = await encode(codec, bytes, from, from);
  // Encoded anew, a PNG of a photograph can outgrow what an attachment may have.
  if (copy.length > attachmentLimits.bytes && from === 'image/png') {
    type = 'image/jpeg';
    copy = await encode(codec, bytes, from, type);
  }
  const left = found[type](copy);
  if (left.metadata || left.appended) {
    throw notClean('beside-picture');
  }
  const { metadata, appended } = found[from](bytes);
  return {
    type,
    bytes: copy,
    removed: ['encoding', ...(metadata ? ['metadata' as const] : []), ...(appended ? ['appended' as const] : [])],
  };
}
