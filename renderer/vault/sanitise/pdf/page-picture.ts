import type { Bytes } from '#shared/crypto/encoding.ts';
import { foundInJpeg, jpegSize } from '../jpeg.ts';
import type { Drawing, PageSize } from '../pdfium/draw-page.ts';
import type { PictureCodec } from '../picture-codec.ts';
import { notClean } from '../strip.ts';
import { palettePicture } from './palette-picture.ts';

/** A picture as a PDF holds it (ISO 32000-1, 8.9.5). */
export interface PdfPicture extends PageSize {
  readonly bytes: Bytes;
  readonly packed:
    | { readonly as: 'DCTDecode'; readonly components: number; readonly inverted: boolean }
    | { readonly as: 'FlateDecode'; readonly bits: number; readonly palette: Bytes };
}

/** In the form that PDF calls Flate: RFC 1950. */
async function deflate(bytes: Bytes): Promise<Bytes> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** A JPEG that has nothing beside its image. @throws CannotStrip */
async function jpegPicture(codec: PictureCodec, drawing: Drawing, quality: number): Promise<PdfPicture> {
  const bytes = await codec.encode(drawing, 'image/jpeg', quality);
  const { metadata, appended } = foundInJpeg(bytes);
  if (metadata || appended) throw notClean('picture-metadata');
  const { width, height, components } = jpegSize(bytes);
  return { width, height, bytes, packed: { as: 'DCTDecode', components, inverted: false } };
}

/** Half a bit a pixel: no JPEG that can be read is smaller. */
const isSmall = ({ length }: Bytes, { width, height }: Drawing): boolean => length * 16 <= width * height;

/** How much of what a page shows is kept. */
export interface Sharpness {
  readonly dpi: number;
  /** Of a JPEG, from 0 to 1. */
  readonly quality: number;
  /** Fewer shades, where there are few colours. */
  readonly isCoarse: boolean;
}

/** The smaller of two: a few colours, or a JPEG. @throws CannotStrip */
export async function pagePicture(codec: PictureCodec, drawing: Drawing, sharpness: Sharpness): Promise<PdfPicture> {
  const { width, height } = drawing;
  const few = palettePicture(drawing, sharpness.isCoarse);
  if (!few) return jpegPicture(codec, drawing, sharpness.quality);
  const { bits, palette, rows } = few;
  const bytes = await deflate(rows);
  const picture: PdfPicture = { width, height, bytes, packed: { as: 'FlateDecode', bits, palette } };
  if (isSmall(bytes, drawing)) return picture;
  const jpeg = await jpegPicture(codec, drawing, sharpness.quality);
  return jpeg.bytes.length < bytes.length ? jpeg : picture;
}
