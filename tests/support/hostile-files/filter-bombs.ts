import { byteFilters, dictionaryOf, nested, pictureFilters } from './filters.ts';
import { type HostileFile, hostilePdf } from './hostile-file.ts';
import { bytesOf, type Part, pageOf, pdfOf, picturePage, stream } from './make-pdf.ts';

/* Bombs of every filter, in every place of a document that is unpacked. */

const rgb = '/ColorSpace /DeviceRGB /BitsPerComponent 8';
const showText = stream('', 'BT /F 20 Tf 10 100 Td (A bomb) Tj ET');

/** Where a stream is read for a page to be drawn. */
const places: Readonly<Record<string, (dictionary: string, body: Part) => Buffer>> = {
  'the content of a page': (dictionary, body) => pageOf({ content: stream(dictionary, body) }),
  'a picture': (dictionary, body) => picturePage(`/Width 10000 /Height 10000 ${rgb} ${dictionary}`, body),
  'a soft mask': (dictionary, body) =>
    picturePage(
      `/Width 1 /Height 1 ${rgb} /SMask 6 0 R`,
      Uint8Array.of(1, 2, 3),
      stream(
        `/Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8 ${dictionary}`,
        body,
      ),
    ),
  'a form': (dictionary, body) =>
    pageOf({
      resources: '/XObject << /X 5 0 R >>',
      content: stream('', '/X Do'),
      more: [stream(`/Type /XObject /Subtype /Form /BBox [0 0 200 200] ${dictionary}`, body)],
    }),
  'a font': (dictionary, body) =>
    pageOf({
      resources: '/Font << /F 5 0 R >>',
      content: showText,
      more: [
        '<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 0 /LastChar 255 /FontDescriptor 6 0 R >>',
        '<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>',
        stream(dictionary, body),
      ],
    }),
  'a map of characters': (dictionary, body) =>
    pageOf({
      resources: '/Font << /F 5 0 R >>',
      content: showText,
      more: [
        '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 6 0 R /ToUnicode 6 0 R /DescendantFonts [7 0 R] >>',
        stream(`/Type /CMap /CMapName /A ${dictionary}`, body),
        '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (A) /Ordering (A) /Supplement 0 >> >>',
      ],
    }),
  'a colour profile': (dictionary, body) =>
    pageOf({
      resources: '/ColorSpace << /C [/ICCBased 5 0 R] >>',
      content: stream('', '/C cs 0.1 0.2 0.3 sc 0 0 200 200 re f'),
      more: [stream(`/N 3 ${dictionary}`, body)],
    }),
  'a sampled function': (dictionary, body) =>
    pageOf({
      resources: '/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Function 5 0 R >> >>',
      content: stream('', '/S sh'),
      more: [
        stream(
          `/FunctionType 0 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] /Size [60000 60000] /BitsPerSample 32 ${dictionary}`,
          body,
        ),
      ],
    }),
  'a mesh of triangles': (dictionary, body) =>
    pageOf({
      resources: '/Shading << /S 5 0 R >>',
      content: stream('', '/S sh'),
      more: [
        stream(
          `/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 200 0 200 0 1 0 1 0 1] ${dictionary}`,
          body,
        ),
      ],
    }),
  'a stream of objects': (dictionary, body) =>
    pdfOf(['<< /Type /Catalog /Pages 9 0 R >>', stream(`/Type /ObjStm /N 1000000 /First 8 ${dictionary}`, body)]),
  'a table of objects': (dictionary, body) => {
    const table = stream(`/Type /XRef /Size 100000000 /W [8 8 8] /Root 1 0 R ${dictionary}`, body);
    const head = bytesOf('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
    return bytesOf(head, '7 0 obj\n', table, `\nendobj\nstartxref\n${head.length}\n%%EOF\n`);
  },
  'an embedded file': (dictionary, body) =>
    pageOf({
      catalogue: '/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 5 0 R >> >>] >> >>',
      more: [stream(dictionary, body)],
    }),
};

const inPlaces = Object.entries(byteFilters).flatMap(([filter, pack]) =>
  Object.entries(places).map(([place, put]) =>
    hostilePdf(`${filter} that unpacks without end, as ${place}`, () => {
      const packed = pack();
      return put(dictionaryOf(packed), packed.body);
    }),
  ),
);

const claims = Object.entries(pictureFilters).flatMap(([filter, pack]) =>
  [2_000, 10_000, 30_000, 65_000].map((side) =>
    hostilePdf(`${filter} that claims ${side} by ${side}`, () => {
      const packed = pack(side);
      return picturePage(
        `/Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8 ${dictionaryOf(packed)}`,
        packed.body,
      );
    }),
  ),
);

const wraps = [
  ['Flate'],
  ['ASCII85'],
  ['ASCIIHex'],
  ['Flate', 'ASCII85'],
  ['ASCIIHex', 'Flate'],
  ['Flate', 'Flate', 'Flate'],
] as const;
const nestings = [
  ...Object.entries(byteFilters).slice(0, 5),
  ...Object.entries(pictureFilters).map(([name, pack]) => [name, () => pack(10_000)] as const),
].flatMap(([filter, pack]) =>
  wraps.map((outer) =>
    hostilePdf(`${filter} within ${outer.join(' within ')}`, () => {
      const packed = nested(pack(), outer);
      return picturePage(`/Width 10000 /Height 10000 ${rgb} ${dictionaryOf(packed)}`, packed.body);
    }),
  ),
);

const chains = [20, 200, 5_000].flatMap((count) =>
  ['FlateDecode', 'ASCIIHexDecode', 'RunLengthDecode', 'LZWDecode'].map((filter) =>
    hostilePdf(`a chain of ${count} of ${filter}`, () =>
      pageOf({ content: stream(`/Filter [${`/${filter} `.repeat(count)}]`, Buffer.alloc(5_000, 0x30)) }),
    ),
  ),
);

export const filterBombs: readonly HostileFile[] = [...inPlaces, ...claims, ...nestings, ...chains];
