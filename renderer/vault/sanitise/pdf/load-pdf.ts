import { decodePDFRawStream, ParseSpeeds, PDFContext, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import type { Bytes } from '#shared/crypto/encoding.ts';
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

const tooMuch = (): boolean => unpacked > mostUnpacked;

/** Once for each file. */
function resetBound(): void {
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

const asText = (bytes: Bytes): string => new TextDecoder('latin1').decode(bytes);

/** How often the file was saved: each time adds to its end, and what was there before stays (ISO 32000-1, 7.5.6). */
export function timesSaved(bytes: Bytes): number {
  const text = asText(bytes);
  const ends = text.match(/startxref/g)?.length ?? 0;
  // A file made ready for the web has two ends from the start.
  return text.slice(0, 2_048).includes('/Linearized') ? ends - 1 : ends;
}

/** @throws CannotStrip when it is encrypted, damaged or would take too much memory */
export async function loadPdf(bytes: Bytes): Promise<PDFDocument> {
  resetBound();
  try {
    // What the library cannot parse it would otherwise copy unread.
    const options = { updateMetadata: false, throwOnInvalidObject: true, parseSpeed: ParseSpeeds.Fastest };
    return await PDFDocument.load(bytes, options);
  } catch {
    if (tooMuch()) throw new CannotStrip('pdf-too-large');
    if (asText(bytes).includes('/Encrypt')) {
      throw new CannotStrip('pdf-protected');
    }
    throw new CannotStrip('pdf-damaged');
  }
}
