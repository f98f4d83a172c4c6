import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { CannotStrip } from './strip.ts';

/*
 * The segments of a JPEG (ITU-T T.81, annex B): a marker, a length, a body; a scan's compressed data runs on to the
 * next marker. Read without decoding, for files that are not to be trusted.
 */
interface Segment {
  readonly marker: number;
  /** Without marker and length. */
  readonly body: Bytes;
  /** As it stands in the file, a scan with its data. */
  readonly whole: Bytes;
}

interface Jpeg {
  readonly segments: readonly Segment[];
  /** Bytes after the end of the image: a second picture, a film, anything. */
  readonly after: number;
}

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app0 = 0xe0;
const app14 = 0xee;
/** SOF0 to SOF15, DHT, DAC, DQT, DNL and DRI without JPG and the hierarchical ones: what an image is decoded from. */
const ofImage = new Set([...[0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc9, 0xca, 0xcb, 0xcc, 0xda, 0xdb, 0xdc, 0xdd]]);
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xca, 0xcb]);

/** TEM, the restarts, SOI; and what is no marker: none of them has a place between segments. */
const isBare = (marker: number): boolean => marker <= 0x01 || (marker >= 0xd0 && marker <= soi);

/** More than any camera or programme writes: a million empty ones took half a gigabyte. */
const mostSegments = 10_000;

const damaged = () => new CannotStrip('picture-damaged');

/** Where a scan's data ends: a stuffed zero and a restart marker belong to it. */
function endOfScan(bytes: Bytes, start: number): number {
  for (let at = start; at < bytes.length - 1; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** By the length behind its marker. @throws CannotStrip */
function endOfSegment(bytes: Bytes, at: number): number {
  const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  const end = at + 2 + length;
  if (length < 2 || end > bytes.length) throw damaged();
  return end;
}

/** @throws CannotStrip */
function readJpeg(bytes: Bytes): Jpeg {
  if (bytes[0] !== 0xff || bytes[1] !== soi) throw damaged();
  const segments: Segment[] = [];
  for (let at = 2; at < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) throw damaged();
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === eoi) return { segments, after: bytes.length - at - 2 };
    // These have no length: a decoder would see other segments than are read here, and another size.
    if (isBare(marker) || segments.length === mostSegments) throw damaged();
    const end = endOfSegment(bytes, at);
    const next = marker === sos ? endOfScan(bytes, end) : end;
    segments.push({ marker, body: bytes.subarray(at + 4, end), whole: bytes.subarray(at, next) });
    at = next;
  }
  // Cut short after some of its scans: what there is can be shown.
  if (segments.some(({ marker }) => marker === sos)) return { segments, after: 0 };
  throw damaged();
}

const begins = (body: Bytes, text: string): boolean =>
  [...text].every((character, index) => body[index] === character.charCodeAt(0));

/** JFIF 1.1 at no particular density and without a thumbnail: says only that colours are as usual. */
const plainJfif = Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
/** Twelve bytes of which only the last, how colours are coded, is of use (Adobe technical note 5116). */
const isAdobe = ({ marker, body }: Segment): boolean => marker === app14 && body.length === 12 && begins(body, 'Adobe');
const isJfif = ({ marker, body }: Segment): boolean => marker === app0 && begins(body, 'JFIF\u0000');
/** Thumbnail in the JFIF header, or anything longer than the header. */
const isBareJfif = (segment: Segment): boolean =>
  isJfif(segment) && segment.body.length === 14 && segment.body[12] === 0 && segment.body[13] === 0;

export interface JpegSize {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 colour, 4 as for print. */
  readonly components: number;
}

/** The size that the header declares, before anything is decoded. The largest, if it declares several. @throws CannotStrip */
export function jpegSize(bytes: Bytes): JpegSize {
  const sizes = readJpeg(bytes)
    .segments.filter(({ marker }) => frames.has(marker))
    .map(({ body }) => ({
      height: ((body[1] ?? 0) << 8) | (body[2] ?? 0),
      width: ((body[3] ?? 0) << 8) | (body[4] ?? 0),
      components: body[5] ?? 0,
    }));
  const largest = sizes.sort((one, other) => other.width * other.height - one.width * one.height)[0];
  if (!largest) throw damaged();
  return largest;
}

/** The bodies of all segments of one kind. @throws CannotStrip */
export const segmentsOfJpeg = (bytes: Bytes, wanted: number): readonly Bytes[] =>
  readJpeg(bytes).segments.flatMap(({ marker, body }) => (marker === wanted ? [body] : []));

/** Whether four colours are coded as what is missing of them, as Adobe's programmes do (technical note 5116). */
export const isInvertedJpeg = (bytes: Bytes): boolean =>
  jpegSize(bytes).components === 4 && readJpeg(bytes).segments.some(isAdobe);

/** What a JPEG holds beside an image. */
export function foundInJpeg(bytes: Bytes): { readonly metadata: boolean; readonly appended: boolean } {
  const { segments, after } = readJpeg(bytes);
  const isImage = (segment: Segment) => ofImage.has(segment.marker) || isAdobe(segment) || isBareJfif(segment);
  return { metadata: !segments.every(isImage), appended: after > 0 };
}

/** The image alone, not decoded: for pictures inside a document. @throws CannotStrip */
export function bareJpeg(bytes: Bytes): Bytes {
  const kept = readJpeg(bytes).segments.flatMap((segment) => {
    if (isJfif(segment)) return [plainJfif];
    return ofImage.has(segment.marker) || isAdobe(segment) ? [segment.whole] : [];
  });
  return concat(Uint8Array.of(0xff, soi), ...kept, Uint8Array.of(0xff, eoi));
}
