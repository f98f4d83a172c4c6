import type { Bytes } from '#shared/crypto/encoding.ts';
import { bareJpeg } from './jpeg.ts';
import type { Drawing } from './pdfium/draw-page.ts';
import type { PictureType } from './strip.ts';

/** Encodes pixels, and decodes a PNG. Injected: only a browser has one. */
export interface PictureCodec {
  /** @param quality of a JPEG, from 0 to 1 */
  encode(drawing: Drawing, to: PictureType, quality: number): Promise<Bytes>;
  /** A PNG decoded and encoded anew, upright as it says. @throws when it cannot be decoded */
  reencode(png: Bytes, to: PictureType, quality: number): Promise<Bytes>;
}

function draw(width: number, height: number, alpha: boolean) {
  const canvas = new OffscreenCanvas(width, height);
  // Kept in memory: what is drawn once need not go through the graphics process.
  const context = canvas.getContext('2d', { alpha, willReadFrequently: true });
  if (!context) throw new Error('There is no canvas.');
  return { canvas, context };
}

async function encoded(canvas: OffscreenCanvas, to: PictureType, quality: number): Promise<Bytes> {
  const blob = await canvas.convertToBlob({ type: to, quality });
  if (blob.type !== to) throw new Error('The picture was not encoded as asked.');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  // The engine adds the profile of sRGB, which every reader takes for granted.
  return to === 'image/jpeg' ? bareJpeg(bytes) : bytes;
}

/** The codecs of the browser's engine. Colours come out as sRGB, so that no colour profile is needed. */
export const browserCodec: PictureCodec = {
  async encode({ pixels, width, height }, to, quality) {
    const { canvas, context } = draw(width, height, to === 'image/png');
    context.putImageData(
      new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length), width),
      0,
      0,
    );
    return encoded(canvas, to, quality);
  },
  async reencode(png, to, quality) {
    const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }), { imageOrientation: 'from-image' });
    try {
      const { canvas, context } = draw(bitmap.width, bitmap.height, to === 'image/png');
      // A JPEG has no transparency: white, as a page shows it.
      if (to === 'image/jpeg') {
        context.fillStyle = 'white';
        context.fillRect(0, 0, bitmap.width, bitmap.height);
      }
      context.drawImage(bitmap, 0, 0);
      return await encoded(canvas, to, quality);
    } finally {
      bitmap.close();
    }
  },
};
