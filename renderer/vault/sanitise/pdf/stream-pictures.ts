import { PDFArray, PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { bareJpeg, foundInJpeg } from '../jpeg.ts';
import { CannotStrip, notClean } from '../strip.ts';
import { unpack } from './load-pdf.ts';
import { knownFilters } from './page-keys.ts';
import { isNamed, nameOf } from './walk-drawing.ts';

const filterKey = PDFName.of('Filter');
const parametersKey = PDFName.of('DecodeParms');

function filtersOf({ dict }: PDFRawStream): readonly string[] {
  const filter = dict.lookup(filterKey);
  if (filter instanceof PDFName) return [nameOf(filter)];
  if (!(filter instanceof PDFArray)) return [];
  return Array.from({ length: filter.size() }, (_, index) => nameOf(filter.lookup(index, PDFName)));
}

/** The JPEG inside a stream; null when it is none. @throws CannotStrip for what this version cannot judge */
function jpegIn(stream: PDFRawStream): Bytes | null {
  const filters = filtersOf(stream);
  const unknown = filters.find((filter) => !knownFilters.has(filter));
  if (unknown) {
    throw new CannotStrip('pdf-stream-unknown', { filter: unknown });
  }
  const at = filters.indexOf('DCTDecode');
  if (at < 0) return null;
  if (at !== filters.length - 1) throw new CannotStrip('pdf-picture-unknown');
  if (at === 0) return new Uint8Array(stream.contents);
  const dict = PDFDict.withContext(stream.dict.context);
  dict.set(filterKey, stream.dict.context.obj(filters.slice(0, at)));
  return new Uint8Array(unpack(PDFRawStream.of(dict, stream.contents)));
}

/** Where its bytes begin. With the operator, for a font may hold the same three bytes by chance. */
const jpegBegins = /\bID\s\u00ff\u00d8\u00ff/;
/** Any character of a name may be written as its number (ISO 32000-1, 7.3.5). */
const unescaped = (content: string): string =>
  content.replace(/#([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** A picture can stand in the middle of a page's content as well (ISO 32000-1, 8.9.7). */
function refuseInlineJpeg(stream: PDFRawStream): void {
  if (isNamed(stream.dict.lookup(PDFName.of('Subtype')), 'Image')) return;
  const content = new TextDecoder('latin1').decode(unpack(stream));
  if (/\/DCT(?:Decode)?(?![A-Za-z0-9])/.test(unescaped(content)) || jpegBegins.test(content)) {
    throw new CannotStrip('pdf-picture-in-text');
  }
}

/** Leaves only the image of a JPEG. Returns whether it held anything else. @throws CannotStrip */
export function bareStream(stream: PDFRawStream): boolean {
  const jpeg = jpegIn(stream);
  if (!jpeg) {
    refuseInlineJpeg(stream);
    return false;
  }
  const parameters = stream.dict.lookup(parametersKey);
  const own = parameters instanceof PDFArray ? parameters.get(parameters.size() - 1) : parameters;
  stream.updateContents(bareJpeg(jpeg));
  stream.dict.set(filterKey, PDFName.of('DCTDecode'));
  if (own instanceof PDFDict) stream.dict.set(parametersKey, own);
  else stream.dict.delete(parametersKey);
  const { metadata, appended } = foundInJpeg(jpeg);
  return metadata || appended;
}

/** @throws CannotStrip when a stream still holds more than an image, or may */
export function checkStream(stream: PDFRawStream): void {
  const jpeg = jpegIn(stream);
  if (!jpeg) {
    refuseInlineJpeg(stream);
    return;
  }
  const { metadata, appended } = foundInJpeg(jpeg);
  if (metadata || appended) throw notClean('picture-metadata');
}
