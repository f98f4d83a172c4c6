import { deflateSync } from 'node:zlib';
import { greyJpeg } from './grey-jpeg.ts';
import { bytesOf, type Part } from './make-pdf.ts';

/* The filters of PDF (ISO 32000-1, 7.4), as somebody would use them who wants little to become much. */

interface Packed {
  /** Name and parameters, as they stand in a dictionary. */
  readonly filter: string;
  readonly parameters?: string;
  readonly body: Uint8Array;
}

/** Of one byte over and over, in codes that grow as the table does: 9 to 12 bits (ISO 32000-1, 7.4.4). */
function lzw(length: number, byte = 0x20): Buffer {
  const [clear, end, first, full] = [256, 257, 258, 4_094];
  let bits = '';
  let width = 9;
  let next = first;
  const put = (code: number) => {
    bits += code.toString(2).padStart(width, '0');
  };
  const begin = () => {
    put(clear);
    [width, next] = [9, first];
    put(byte);
  };
  begin();
  // Each code says one byte more than the one before it, and is the one that is being added.
  for (let done = 1; done < length; done += next - first + 1) {
    put(next);
    next += 1;
    if (next + 1 >= 2 ** width && width < 12) width += 1;
    if (next >= full) begin();
  }
  put(end);
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((each) => Number.parseInt(each.padEnd(8, '0'), 2)));
}

/** Runs of 128 (7.4.5). */
const runLength = (length: number, byte = 0x20): Buffer =>
  bytesOf(Buffer.alloc(Math.ceil(length / 128) * 2).fill(Uint8Array.of(129, byte)), Uint8Array.of(128));

/** Four noughts in one character (7.4.3). */
const ascii85 = (length: number): Buffer => bytesOf('z'.repeat(Math.ceil(length / 4)), '~>');
const asciiHex = (body: Part): Buffer => bytesOf(bytesOf(body).toString('hex'), '>');

/** Boxes and header of a JPEG 2000 codestream (ITU-T T.800, annex A) that claims a size, and nothing to fill it. */
function jpx(width: number, height: number, components = 3): Buffer {
  const siz = Buffer.alloc(38 + 3 * components + 2);
  siz.writeUInt16BE(0xff51, 0);
  siz.writeUInt16BE(38 + 3 * components, 2);
  for (const [at, value] of [
    [6, width],
    [10, height],
    [22, width],
    [26, height],
  ] as const)
    siz.writeUInt32BE(value, at);
  siz.writeUInt16BE(components, 38);
  for (let each = 0; each < components; each += 1) siz.set([7, 1, 1], 40 + 3 * each);
  const cod = Buffer.from([0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1]);
  const qcd = Buffer.from([0xff, 0x5c, 0, 19, 0x40, ...Array.from({ length: 16 }, () => 0x40)]);
  const sot = Buffer.from([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93, 0xff, 0xd9]);
  return bytesOf(Uint8Array.of(0xff, 0x4f), siz, cod, qcd, sot);
}

/** A page of JBIG2 (ITU-T T.88, 7.4.8) that claims a size, and a region of it whose data is noughts. */
function jbig2(width: number, height: number): Buffer {
  const page = Buffer.alloc(11 + 19);
  page.set([0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19]);
  page.writeUInt32BE(width, 11);
  page.writeUInt32BE(height, 15);
  const region = Buffer.alloc(11 + 18 + 8 + 64);
  region.set([0, 0, 0, 1, 38, 0, 1]);
  region.writeUInt32BE(18 + 8 + 64, 7);
  region.writeUInt32BE(width, 11);
  region.writeUInt32BE(height, 15);
  region.set([3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe], 29);
  return bytesOf(page, region);
}

const mib = 1024 * 1024;

/** Every filter that unpacks bytes, each to many more. */
export const byteFilters: Readonly<Record<string, () => Packed>> = {
  Flate: () => ({ filter: '/FlateDecode', body: deflateSync(Buffer.alloc(300 * mib, 0x20)) }),
  'Flate with a predictor': () => ({
    filter: '/FlateDecode',
    parameters: '<< /Predictor 15 /Columns 1000000 /Colors 4 /BitsPerComponent 16 >>',
    body: deflateSync(Buffer.alloc(300 * mib, 2)),
  }),
  LZW: () => ({ filter: '/LZWDecode', body: lzw(300 * mib) }),
  RunLength: () => ({ filter: '/RunLengthDecode', body: runLength(300 * mib) }),
  ASCII85: () => ({ filter: '/ASCII85Decode', body: ascii85(32 * mib) }),
  ASCIIHex: () => ({ filter: '/ASCIIHexDecode', body: asciiHex(Buffer.alloc(3 * mib, 0x20)) }),
};

/** Every filter that unpacks pictures, each of a size that it only claims. */
export const pictureFilters: Readonly<Record<string, (side: number) => Packed>> = {
  DCT: () => ({ filter: '/DCTDecode', body: greyJpeg({ width: 8000, height: 8000 }) }),
  JPX: (side) => ({ filter: '/JPXDecode', body: jpx(side, side) }),
  JBIG2: (side) => ({ filter: '/JBIG2Decode', body: jbig2(side, side) }),
  CCITT: (side) => ({
    filter: '/CCITTFaxDecode',
    parameters: `<< /K -1 /Columns ${side} /Rows ${side} >>`,
    body: Buffer.alloc(20_000, 0xff),
  }),
  'CCITT of no lines': (side) => ({
    filter: '/CCITTFaxDecode',
    parameters: `<< /K 4 /Columns ${side} /Rows ${side} /EndOfBlock false /DamagedRowsBeforeError 1000000 >>`,
    body: Buffer.alloc(20_000),
  }),
};

export const dictionaryOf = ({ filter, parameters = 'null' }: Packed): string =>
  `/Filter [${filter}] /DecodeParms [${parameters}]`;

/** One filter within the other: what the last of them unpacks is what the first one packed. */
export function nested(inner: Packed, outer: readonly ('Flate' | 'ASCII85' | 'ASCIIHex')[]): Packed {
  let { filter, parameters = 'null', body } = inner;
  for (const each of outer) {
    if (each === 'Flate') body = deflateSync(body);
    if (each === 'ASCIIHex') body = asciiHex(body);
    if (each === 'ASCII85') body = bytesOf(encode85(body), '~>');
    filter = `/${each}Decode ${filter}`;
    parameters = `null ${parameters}`;
  }
  return { filter, parameters, body };
}

function encode85(body: Uint8Array): string {
  const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4);
  padded.set(body);
  const groups: string[] = [];
  for (let at = 0; at < padded.length; at += 4) {
    let value = padded.readUInt32BE(at);
    let group = '';
    for (let each = 0; each < 5; each += 1, value = Math.floor(value / 85))
      group = String.fromCharCode(33 + (value % 85)) + group;
    groups.push(group);
  }
  return groups.join('');
}
