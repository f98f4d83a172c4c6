import type { Bytes } from '#shared/crypto/encoding.ts';
import { CannotStrip } from './strip.ts';

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
