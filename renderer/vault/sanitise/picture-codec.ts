import type { Bytes } from '#shared/crypto/encoding.ts';
import { bareJpeg } from './jpeg.ts';
import type { PictureType } from './strip.ts';

/** Decodes a picture and encodes its pixels anew. Injected: only a browser has one. */
export interface PictureCodec {
  /** Upright, as its orientation says. @throws when it cannot be decoded */
  reencode(bytes: Bytes, from: PictureType, to: PictureType): Promise<Bytes>;
}

/** High, so that what is read off a screen in a photograph stays legible. */
const jpegQuality = 0.92;

/** The codecs of the browser's engine. Colours come out as sRGB, so that no colour profile is needed. */
export const browserCodec: PictureCodec = {
  async reencode(bytes, from, to) {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: from }), { imageOrientation: 'from-image' });
    try {
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d', { alpha: to === 'image/png' });
      if (!context) throw new Error('There is no canvas.');
      // A JPEG has no transparency: white, as a page shows it.
      if (to === 'image/jpeg') {
        context.fillStyle = 'white';
        context.fillRect(0, 0, bitmap.width, bitmap.height);
      }
      context.drawImage(bitmap, 0, 0);
      const blob = await canvas.convertToBlob({ type: to, quality: jpegQuality });
      if (blob.type !== to) throw new Error('The picture was not encoded as asked.');
      const encoded = new Uint8Array(await blob.arrayBuffer());
      // The engine adds the profile of sRGB, which every reader takes for granted.
      return to === 'image/jpeg' ? bareJpeg(encoded) : encoded;
    } finally {
      bitmap.close();
    }
  },
};
