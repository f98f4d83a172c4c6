import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import { foundInJpeg, jpegSize } from './jpeg.ts';
import type { PictureCodec } from './picture-codec.ts';
import { barePng, foundInPng, pngSize } from './png.ts';
import { CannotStrip, notClean, type PictureType, type Stripped } from './strip.ts';

/** A JPEG is scaled down while it is decoded: these are what telephones of today claim at most. */
const mostJpegPixels = 256_000_000;
/** A decoded PNG takes four bytes a pixel, twice. Larger than any screen, of which most PNGs are. */
const mostPngPixels = 24_000_000;
const mostSide = 32_000;
const mostOf = { 'image/jpeg': mostJpegPixels, 'image/png': mostPngPixels } as const;

/** High, so that what is read off a screen in a photograph stays legible; less, where the copy would be too large. */
const qualities = [0.92, 0.8] as const;

const found = { 'image/jpeg': foundInJpeg, 'image/png': foundInPng } as const;
const sizeOf = { 'image/jpeg': jpegSize, 'image/png': pngSize } as const;

/** Asked of the header, before a small file can become gigabytes of pixels. */
function refuseTooLarge(type: PictureType, bytes: Bytes): void {
  const { width, height } = sizeOf[type](bytes);
  const mostPixels = mostOf[type];
  if (width > 0 && height > 0 && width <= mostSide && height <= mostSide && width * height <= mostPixels) return;
  throw new CannotStrip('picture-too-large', { width, height, mostPixels });
}

const fits = ({ length }: Bytes): boolean => length <= attachmentLimits.bytes;

interface Copied {
  readonly type: PictureType;
  readonly bytes: Bytes;
  readonly scaled: boolean;
}

/** The first that fits, or the last. */
async function copyAs(
  type: PictureType,
  scaled: boolean,
  encode: (quality: number) => Promise<Bytes>,
): Promise<Copied> {
  let bytes: Bytes = new Uint8Array();
  for (const quality of qualities) {
    bytes = await encode(quality);
    if (fits(bytes)) break;
  }
  return { type, bytes, scaled };
}

async function copyJpeg(codec: PictureCodec, bytes: Bytes): Promise<Copied> {
  // PDFium is large, and a PNG or a text needs none of it.
  const { decodeJpeg } = await import('./decode-jpeg.ts');
  return decodeJpeg(bytes, (drawing, scaled) =>
    copyAs('image/jpeg', scaled, (quality) => codec.encode(drawing, 'image/jpeg', quality)),
  );
}

async function copyPng(codec: PictureCodec, bytes: Bytes): Promise<Copied> {
  const bare = barePng(bytes);
  const copy = await codec.reencode(bare, 'image/png', 1);
  // Encoded anew, a PNG of a photograph can outgrow what an attachment may have.
  if (fits(copy)) return { type: 'image/png', bytes: copy, scaled: false };
  return copyAs('image/jpeg', false, (quality) => codec.reencode(bare, 'image/jpeg', quality));
}

async function copyPicture(codec: PictureCodec, type: PictureType, bytes: Bytes): Promise<Copied> {
  try {
    return await (type === 'image/jpeg' ? copyJpeg(codec, bytes) : copyPng(codec, bytes));
  } catch (error) {
    if (error instanceof CannotStrip) throw error;
    throw new CannotStrip('picture-undecodable');
  }
}

/** Only pixels pass: decoded, and encoded again. @throws CannotStrip */
export async function stripPicture(codec: PictureCodec, from: PictureType, bytes: Bytes): Promise<Stripped> {
  refuseTooLarge(from, bytes);
  const copy = await copyPicture(codec, from, bytes);
  const left = found[copy.type](copy.bytes);
  if (left.metadata || left.appended) throw notClean('beside-picture');
  const { metadata, appended } = found[from](bytes);
  const removed: RemovedKind[] = ['encoding'];
  if (metadata) removed.push('metadata');
  if (appended) removed.push('appended');
  if (copy.scaled) removed.push('resolution');
  return { type: copy.type, bytes: copy.bytes, removed };
}
