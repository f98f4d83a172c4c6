import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import { foundInJpeg, jpegSize } from './jpeg.ts';
import type { PictureCodec } from './picture-codec.ts';
import { CannotStrip, notClean, type PictureType, type Stripped } from './strip.ts';

/* The chunks of a PNG (W3C PNG, clause 5): length, type, body, check. Read without decoding. */
const headerLength = 8;
/** What an image is decoded from. `sRGB` says only that colours are as usual. */
const ofImage = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'IDAT', 'IEND']);

const damaged = () => new CannotStrip('picture-damaged');

/** Types of the chunks up to the end of the image, and the bytes after it. */
function readPng(bytes: Bytes): { readonly types: readonly string[]; readonly after: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types: string[] = [];
  for (let at = headerLength; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    types.push(type);
    at += 12 + length;
    if (at > bytes.length) throw damaged();
    if (type === 'IEND') return { types, after: bytes.length - at };
  }
  throw damaged();
}

/** The size that the header declares, before anything is decoded. @throws CannotStrip */
export function pngSize(bytes: Bytes): { readonly width: number; readonly height: number } {
  if (readPng(bytes).types[0] !== 'IHDR') throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** What a PNG holds beside an image. */
export function foundInPng(bytes: Bytes): { readonly metadata: boolean; readonly appended: boolean } {
  const { types, after } = readPng(bytes);
  return { metadata: !types.every((type) => ofImage.has(type)), appended: after > 0 };
}

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
