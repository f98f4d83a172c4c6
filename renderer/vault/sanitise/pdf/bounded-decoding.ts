import { decodePDFRawStream, PDFContext, PDFRawStream } from '@cantoo/pdf-lib';
import { CannotStrip } from '../strip.ts';

/*
 * The library unpacks compressed streams without a bound, and a few kilobytes can unpack to gigabytes. All its decoders
 * grow their output in one method of their common base, which this guards. Its version is pinned, and a test with such
 * a file tells whether the guard still holds.
 */
const mostUnpacked = 256 * 1024 * 1024;

interface Decoder {
  readonly buffer: Uint8Array;
  ensureBuffer(this: Decoder, requested: number): Uint8Array;
}

let unpacked = 0;

function baseOfDecoders(): Decoder {
  const dict = PDFContext.create().obj({ Filter: 'ASCIIHexDecode' });
  const decoder = decodePDFRawStream(PDFRawStream.of(dict, new Uint8Array()));
  return Object.getPrototypeOf(Object.getPrototypeOf(decoder)) as Decoder;
}

export const tooMuch = (): boolean => unpacked > mostUnpacked;

/** Once for each file. */
export function resetBound(): void {
  unpacked = 0;
}

const base = baseOfDecoders();
const grow = base.ensureBuffer;
base.ensureBuffer = function ensureBuffer(requested) {
  const before = this.buffer.byteLength;
  if (requested > before) {
    unpacked += Math.max(requested, 2 * before) - before;
    if (tooMuch()) throw new CannotStrip('pdf-too-large');
  }
  return grow.call(this, requested);
};

/** What a stream holds, unpacked. @throws when it cannot be, or would be too much */
export const unpack = (stream: PDFRawStream): Uint8Array => decodePDFRawStream(stream).decode();
