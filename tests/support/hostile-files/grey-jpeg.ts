import { encodeBlocks } from '#build/demo/attachments/jpeg.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';

interface Asked {
  readonly width: number;
  readonly height: number;
  /** As Exif says it: how the camera was held. */
  readonly orientation?: number;
  /** 0 to 255 at a pixel. */
  readonly shade?: (x: number, y: number) => number;
}

/** Exif (CIPA DC-008) with one entry. */
const exif = (orientation: number): Buffer => {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  return Buffer.from([0xff, 0xe1, 0, tiff.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]);
};

/** A JPEG of blocks of one shade each: large ones take few bytes. */
export function greyJpeg({ width, height, orientation, shade = () => 128 }: Asked): Bytes {
  const across = Math.ceil(width / 8);
  const blocks = Array.from({ length: across * Math.ceil(height / 8) }, (_, block) =>
    shade((block % across) * 8 + 4, Math.floor(block / across) * 8 + 4),
  );
  const jpeg = encodeBlocks({ width, height, shades: blocks });
  if (orientation === undefined) return new Uint8Array(jpeg);
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), exif(orientation), jpeg.subarray(2)]));
}
