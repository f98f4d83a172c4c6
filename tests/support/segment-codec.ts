import { encodeBlocks } from '#build/demo/attachments/jpeg.ts';
import type { PictureCodec } from '#renderer/vault/sanitise/picture-codec.ts';
import { pngSize } from '#renderer/vault/sanitise/png.ts';
import { type Bytes, concat } from '#shared/crypto/encoding.ts';

const side = 8;
const critical = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/** The chunks of a PNG that hold its image. */
function imageOf(bytes: Bytes): Bytes {
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
 * The twin of the browser's codecs where there is no browser. It encodes a drawing as a grey JPEG of which each block has one
 * shade, and passes the compressed image of a PNG on as it is. What only real codecs can tell is tested in Chromium.
 */
export const segmentCodec: PictureCodec = {
  async encode({ pixels, width, height }, to) {
    if (to !== 'image/jpeg') throw new Error('The twin encodes a JPEG only.');
    const across = Math.ceil(width / side);
    const shades = Array.from({ length: across * Math.ceil(height / side) }, (_, block) => {
      const x = Math.min((block % across) * side + side / 2, width - 1);
      const y = Math.min(Math.floor(block / across) * side + side / 2, height - 1);
      return pixels[(y * width + x) * 4] ?? 0;
    });
    return new Uint8Array(encodeBlocks({ width, height, shades }));
  },
  async reencode(png, to) {
    if (to !== 'image/png') throw new Error('The twin changes no type.');
    const { width, height } = pngSize(png);
    if (width * height === 0) throw new Error('There is no image.');
    return imageOf(png);
  },
};
