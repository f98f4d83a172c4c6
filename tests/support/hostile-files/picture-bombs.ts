import { deflateSync } from 'node:zlib';
import { pngChunk } from '#tests/support/telling-files.ts';
import { greyJpeg } from './grey-jpeg.ts';
import type { HostileFile } from './hostile-file.ts';
import { bytesOf, type Part } from './make-pdf.ts';

/* JPEGs and PNGs that say what is not so, or become much. */

const jpegOf = (name: string, make: () => Uint8Array): HostileFile => ({
  name: `JPEG: ${name}`,
  type: 'image/jpeg',
  make,
});
const pngOf = (name: string, make: () => Uint8Array): HostileFile => ({
  name: `PNG: ${name}`,
  type: 'image/png',
  make,
});

const small = greyJpeg({ width: 64, height: 64 });
const segment = (marker: number, body: Part): Buffer =>
  bytesOf(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff), body);
const afterStart = (...parts: readonly Part[]): Buffer => bytesOf(small.subarray(0, 2), ...parts, small.subarray(2));

/** The frame of a JPEG says another size, in as many colours. */
function claimed(width: number, height: number, components = 1): Buffer {
  const at = Buffer.from(small).indexOf(Buffer.from([0xff, 0xc0]));
  const parts = Array.from({ length: components }, (_, index) => [index + 1, 0x11, 0]).flat();
  const frame = segment(
    0xc0,
    Uint8Array.of(8, height >> 8, height & 255, width >> 8, width & 255, components, ...parts),
  );
  return bytesOf(small.subarray(0, at), frame, small.subarray(at + 13));
}

/** Progressive (ITU-T T.81, annex G), with as many scans of nothing as are asked for. */
export function progressiveJpeg(width: number, height: number, scans: number, components = 1): Buffer {
  const base = claimed(width, height, components);
  const frame = base.indexOf(Buffer.from([0xff, 0xc0]));
  base[frame + 1] = 0xc2;
  const scan = base.indexOf(Buffer.from([0xff, 0xda]));
  const ids = Array.from({ length: components }, (_, index) => [index + 1, 0]).flat();
  const first = bytesOf(segment(0xda, Uint8Array.of(components, ...ids, 0, 0, 1)), Buffer.alloc(64));
  const refine = bytesOf(segment(0xda, Uint8Array.of(components, ...ids, 0, 0, 0x10)), Buffer.alloc(8));
  return bytesOf(
    base.subarray(0, scan),
    first,
    ...Array.from({ length: scans }, () => refine),
    Uint8Array.of(0xff, 0xd9),
  );
}

const sizes = [
  [65_535, 65_535],
  [30_000, 2_000],
  [1, 65_535],
  [65_535, 1],
  [0, 0],
  [16_000, 16_000],
  [32_000, 8_000],
  [9_000, 7_000],
] as const;
const exif = (tiff: readonly number[]): Buffer =>
  afterStart(segment(0xe1, bytesOf('Exif\u0000\u0000', Uint8Array.from(tiff))));

export const jpegBombs: readonly HostileFile[] = [
  ...sizes.map(([width, height]) => jpegOf(`one that claims ${width} by ${height}`, () => claimed(width, height))),
  ...[3, 4, 255].map((components) =>
    jpegOf(`one of ${components} colours that has one`, () => claimed(8_000, 8_000, components)),
  ),
  jpegOf('a real one of 60 million pixels', () => greyJpeg({ width: 8_944, height: 6_708 })),
  jpegOf('a real one of 250 million pixels', () => greyJpeg({ width: 16_000, height: 15_600 })),
  ...[10, 1_000, 50_000].map((scans) =>
    jpegOf(`a progressive one of ${scans} scans`, () => progressiveJpeg(4_000, 4_000, scans)),
  ),
  jpegOf('a progressive one of 60 million pixels in colour', () => progressiveJpeg(8_944, 6_708, 100, 3)),
  jpegOf('a progressive one of 16 million pixels in colour', () => progressiveJpeg(4_000, 4_000, 100, 3)),
  jpegOf('a segment longer than the file', () => afterStart(Uint8Array.of(0xff, 0xe1, 0xff, 0xff), 'Exif')),
  jpegOf('a segment without a length', () => afterStart(Uint8Array.of(0xff, 0xe1, 0, 0))),
  jpegOf('a million empty segments', () => afterStart(Buffer.alloc(4_000_000).fill(Uint8Array.of(0xff, 0xfe, 0, 2)))),
  jpegOf('ten million fill bytes', () => afterStart(Buffer.alloc(8_000_000, 0xff), Uint8Array.of(0xfe, 0, 2))),
  jpegOf('eight million restarts', () =>
    bytesOf(small.subarray(0, -2), Buffer.alloc(8_000_000).fill(Uint8Array.of(0xff, 0xd0))),
  ),
  jpegOf('a profile in a hundred parts', () =>
    afterStart(
      ...Array.from({ length: 100 }, (_, at) =>
        segment(0xe2, bytesOf('ICC_PROFILE\u0000', Uint8Array.of(at + 1, 255), Buffer.alloc(60_000, 0x41))),
      ),
    ),
  ),
  jpegOf('a directory of Exif that comes after itself', () =>
    exif([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8]),
  ),
  jpegOf('a directory of Exif beyond its end', () => exif([0x4d, 0x4d, 0, 42, 0xff, 0xff, 0xff, 0xff])),
  jpegOf('a directory of 65,535 entries that are not there', () => exif([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0xff, 0xff])),
  jpegOf('an Exif of four bytes', () => exif([0x4d, 0x4d])),
  jpegOf('a table of codes of all ones', () =>
    afterStart(segment(0xc4, bytesOf(Uint8Array.of(0), Buffer.alloc(16, 0xff), Buffer.alloc(4_080, 1)))),
  ),
  jpegOf('arithmetic coding', () =>
    bytesOf(claimed(64, 64)).fill(
      0xc9,
      Buffer.from(small).indexOf(Buffer.from([0xff, 0xc0])) + 1,
      Buffer.from(small).indexOf(Buffer.from([0xff, 0xc0])) + 2,
    ),
  ),
  jpegOf('nothing but a beginning', () => small.slice(0, 4)),
  jpegOf('two of which one is within the other', () => bytesOf(small.subarray(0, -2), small, small)),
];

/** Header, image and end. @param colour 0 grey, 2 colour, 3 palette, 6 colour with transparency */
function png(
  width: number,
  height: number,
  body: Uint8Array,
  { depth = 8, colour = 0, interlaced = 0, more = [] as readonly Part[] } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced], 8);
  const chunk = (type: string, bytes: Uint8Array) => pngChunk(type, Uint8Array.from(bytes));
  return bytesOf(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    ...[chunk('IHDR', header), ...more, chunk('IDAT', body), chunk('IEND', new Uint8Array())],
  );
}
const chunkOf = (type: string, body: Part): Uint8Array => pngChunk(type, Uint8Array.from(bytesOf(body)));
const noughts = (count: number): Buffer => deflateSync(Buffer.alloc(count));
const tiny = noughts(2);

export const pngBombs: readonly HostileFile[] = [
  ...[
    [0x7fffffff, 0x7fffffff],
    [100_000, 100_000],
    [4_800, 5_000],
    [1, 32_000],
    [32_000, 1],
    [0xffffffff, 1],
    [0, 0],
  ].map(([width = 0, height = 0]) =>
    pngOf(`one that claims ${width} by ${height}`, () => png(width, height, noughts(1_000))),
  ),
  ...[0, 1].flatMap((interlaced) =>
    [
      [0, 8],
      [2, 8],
      [2, 16],
      [6, 16],
    ].map(([colour = 0, depth = 8]) =>
      pngOf(
        `a real one of 24 million pixels, kind ${colour}, ${depth} bits, ${interlaced ? 'interlaced' : 'row by row'}`,
        () =>
          png(
            4_800,
            5_000,
            noughts(Math.ceil(4_800 * 5_000 * (colour === 0 ? 1 : colour === 2 ? 3 : 4) * (depth / 8) * 1.01)),
            { colour, depth, interlaced },
          ),
      ),
    ),
  ),
  pngOf('an image of a pixel that unpacks to 300 MB', () => png(1, 1, noughts(300 * 1024 * 1024))),
  pngOf('a text that unpacks to 300 MB', () =>
    png(1, 1, tiny, { more: [chunkOf('zTXt', bytesOf('a\u0000\u0000', noughts(300 * 1024 * 1024)))] }),
  ),
  pngOf('a profile that unpacks to 300 MB', () =>
    png(1, 1, tiny, { more: [chunkOf('iCCP', bytesOf('a\u0000\u0000', noughts(300 * 1024 * 1024)))] }),
  ),
  pngOf('an international text that unpacks to 300 MB', () =>
    png(1, 1, tiny, {
      more: [chunkOf('iTXt', bytesOf('a\u0000\u0001\u0000\u0000\u0000', noughts(300 * 1024 * 1024)))],
    }),
  ),
  pngOf('a hundred thousand texts', () =>
    png(1, 1, tiny, { more: Array.from({ length: 100_000 }, () => chunkOf('tEXt', 'a\u0000b')) }),
  ),
  pngOf('a film of two thousand million frames', () =>
    png(1, 1, tiny, {
      more: [chunkOf('acTL', Uint8Array.of(0x7f, 255, 255, 255, 0, 0, 0, 0)), chunkOf('fcTL', Buffer.alloc(26, 0x7f))],
    }),
  ),
  pngOf('two headers', () =>
    png(1, 1, tiny, { more: [chunkOf('IHDR', Uint8Array.of(0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0))] }),
  ),
  pngOf('a chunk longer than the file', () =>
    bytesOf(png(1, 1, tiny).subarray(0, 33), Uint8Array.of(0x7f, 255, 255, 255), 'IDAT'),
  ),
  pngOf('a chunk of less than nothing', () =>
    bytesOf(png(1, 1, tiny).subarray(0, 33), Uint8Array.of(255, 255, 255, 255), 'IDAT', Buffer.alloc(40)),
  ),
  pngOf('a palette without colours', () => png(1_000, 1_000, noughts(1_001_000), { colour: 3 })),
  pngOf('a depth of 255', () => png(1_000, 1_000, noughts(1_001_000), { depth: 255 })),
  pngOf('a wrong check everywhere', () =>
    png(8, 8, noughts(72)).map((byte, at) => (at > 29 && at < 33 ? byte ^ 255 : byte)),
  ),
  pngOf('an empty image', () => png(64, 64, new Uint8Array())),
  pngOf('an image that is no deflate', () => png(64, 64, Buffer.alloc(4_000, 0xff))),
];
