import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { CannotStrip } from './strip.ts';

/* The chunks of a PNG (W3C PNG, clause 5): length, type, body, check. Read without decoding. */
interface Chunk {
  readonly type: string;
  readonly whole: Bytes;
}

interface Png {
  readonly chunks: readonly Chunk[];
  /** Bytes after the end of the image. */
  readonly after: number;
}

const headerLength = 8;
/** Length, type and check. */
const frameLength = 12;
/** What an image is decoded from. `sRGB` says only that colours are as usual. */
const ofImage = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'IDAT', 'IEND']);
/** Exif says how the camera was held; it is read for that, and not kept. */
const orientation = 'eXIf';
const longestExif = 64 * 1024;

/** Pieces of an image of ten megabytes are some thousands at most. */
const mostChunks = 20_000;

const damaged = () => new CannotStrip('picture-damaged');

/** @throws CannotStrip */
function readPng(bytes: Bytes): Png {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = headerLength; at + frameLength <= bytes.length; ) {
    const end = at + frameLength + view.getUint32(at);
    if (end > bytes.length || chunks.length === mostChunks) throw damaged();
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, whole: bytes.subarray(at, end) });
    at = end;
    if (type === 'IEND') return { chunks, after: bytes.length - at };
  }
  throw damaged();
}

/** The size that the header declares, before anything is decoded. @throws CannotStrip */
export function pngSize(bytes: Bytes): { readonly width: number; readonly height: number } {
  const header = readPng(bytes).chunks[0];
  if (header?.type !== 'IHDR' || header.whole.length < frameLength + 8) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** What a PNG holds beside an image. @throws CannotStrip */
export function foundInPng(bytes: Bytes): { readonly metadata: boolean; readonly appended: boolean } {
  const { chunks, after } = readPng(bytes);
  return { metadata: !chunks.every(({ type }) => ofImage.has(type)), appended: after > 0 };
}

/** What is handed to a decoder: the image and how it is turned, none of the texts, profiles and frames that a PNG can pack. @throws CannotStrip */
export function barePng(bytes: Bytes): Bytes {
  const isKept = ({ type, whole }: Chunk) => ofImage.has(type) || (type === orientation && whole.length <= longestExif);
  const kept = readPng(bytes).chunks.filter(isKept);
  return concat(bytes.subarray(0, headerLength), ...kept.map(({ whole }) => whole));
}
