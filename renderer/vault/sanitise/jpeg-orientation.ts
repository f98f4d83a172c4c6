import type { Bytes } from '#shared/crypto/encoding.ts';
import { segmentsOfJpeg } from './jpeg.ts';

const app1 = 0xe1;
const exif = 'Exif\u0000\u0000';
const orientationTag = 0x0112;
const short = 3;
const entryLength = 12;

/** How the camera was held (CIPA DC-008, 4.6.5): 1 to 8, 1 where nothing says. Reads the first directory and nothing else. */
export function jpegOrientation(bytes: Bytes): number {
  const body = segmentsOfJpeg(bytes, app1).find((each) => String.fromCharCode(...each.subarray(0, 6)) === exif);
  return body ? inTiff(body.subarray(exif.length)) : 1;
}

function inTiff(tiff: Bytes): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * entryLength;
    if (at + entryLength > tiff.length) return 1;
    if (view.getUint16(at, little) !== orientationTag || view.getUint16(at + 2, little) !== short) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
