import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { CannotStrip } from '../strip.ts';
import { resetBound, tooMuch } from './bounded-decoding.ts';

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
