import { bareJpeg, jpegSize } from '#renderer/vault/sanitise/jpeg.ts';
import type { PictureCodec } from '#renderer/vault/sanitise/picture-codec.ts';
import { pngSize } from '#renderer/vault/sanitise/strip-picture.ts';
import { type Bytes, concat } from '#shared/crypto/encoding.ts';

const critical = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** The chunks of a PNG that hold its image. */
function barePng(bytes: Bytes): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (critical.includes(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return concat(...kept);
}

/**
 * The twin of the browser's codecs where there is no browser: leaves the same out, but passes the compressed image on
 * as it is. What only decoding can tell is tested in Chromium.
 */
export const segmentCodec: PictureCodec = {
  async reencode(bytes, from, to) {
    if (from !== to) throw new Error('The twin changes no type.');
    const { width, height } = from === 'image/jpeg' ? jpegSize(bytes) : pngSize(bytes);
    if (width * height === 0) throw new Error('There is no image.');
    return from === 'image/jpeg' ? bareJpeg(bytes) : barePng(bytes);
  },
};
