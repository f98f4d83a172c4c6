import { type HostileFile, hostilePdf } from './hostile-file.ts';
import { type Part, packed, pageOf, stream } from './make-pdf.ts';

/* Pages that take long to draw, or never end, or need much while they are drawn. */

const form = (dictionary: string, body: Part): Buffer =>
  stream(`/Type /XObject /Subtype /Form /BBox [0 0 200 200] ${dictionary}`, body);
const calls = (number: number): string => `/Resources << /XObject << /A ${number} 0 R >> >>`;
const drawsForms = { resources: '/XObject << /A 5 0 R >>', content: stream('', '/A Do') } as const;

const forms: readonly HostileFile[] = [
  hostilePdf('a form that draws itself', () => pageOf({ ...drawsForms, more: [form(calls(5), '/A Do')] })),
  hostilePdf('a form that draws itself twice', () => pageOf({ ...drawsForms, more: [form(calls(5), '/A Do /A Do')] })),
  hostilePdf('two forms that draw each other', () =>
    pageOf({ ...drawsForms, more: [form(calls(6), '/A Do'), form(calls(5), '/A Do')] }),
  ),
  ...[10, 30].map((depth) =>
    hostilePdf(`forms that double ${depth} times`, () =>
      pageOf({ ...drawsForms, more: Array.from({ length: depth }, (_, at) => form(calls(at + 6), '/A Do /A Do')) }),
    ),
  ),
  hostilePdf('forms ten thousand deep', () =>
    pageOf({ ...drawsForms, more: Array.from({ length: 10_000 }, (_, at) => form(calls(at + 6), '/A Do')) }),
  ),
  hostilePdf('a transparent group within itself', () =>
    pageOf({
      ...drawsForms,
      more: [form(`/Group << /S /Transparency /I true /K true >> ${calls(5)}`, 'q /A Do Q /A Do')],
    }),
  ),
  hostilePdf('a hundred transparent groups within each other', () =>
    pageOf({
      ...drawsForms,
      box: '[0 0 2000 2000]',
      more: Array.from({ length: 100 }, (_, at) =>
        form(`/Group << /S /Transparency /I true >> ${calls(at + 6)}`, '0 0 200 200 re f /A Do')
          .toString('latin1')
          .replace('[0 0 200 200]', '[0 0 2000 2000]'),
      ),
    }),
  ),
  hostilePdf('a soft mask that masks itself', () =>
    pageOf({
      resources: '/ExtGState << /G 5 0 R >>',
      content: stream('', '/G gs 0 0 200 200 re f'),
      more: [
        '<< /SMask << /S /Luminosity /G 6 0 R >> >>',
        form(
          '/Group << /S /Transparency /CS /DeviceGray >> /Resources << /ExtGState << /G 5 0 R >> >>',
          '/G gs 0 0 200 200 re f',
        ),
      ],
    }),
  ),
  hostilePdf('a letter that is drawn with itself', () =>
    pageOf({
      resources: '/Font << /F 5 0 R >>',
      content: stream('', 'BT /F 20 Tf (aaaa) Tj ET'),
      more: [
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F 5 0 R >> >> >>',
        stream('', '1 0 d0 BT /F 1 Tf (aaaa) Tj ET'),
      ],
    }),
  ),
];

const pattern =
  (dictionary: string, body: Part): HostileFile['make'] =>
  () =>
    pageOf({
      resources: '/Pattern << /P 5 0 R >>',
      content: stream('', '/Pattern cs /P scn 0 0 200 200 re f'),
      more: [stream(`/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 ${dictionary}`, body)],
    });

const patterns: readonly HostileFile[] = [
  ...['0.001', '0.1', '1e-9', '0', '-1'].map((step) =>
    hostilePdf(
      `a pattern of steps of ${step}`,
      pattern(`/BBox [0 0 1 1] /XStep ${step} /YStep ${step} /Resources << >>`, '0 0 1 1 re f'),
    ),
  ),
  hostilePdf(
    'a pattern that is filled with itself',
    pattern(
      '/BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P 5 0 R >> >>',
      '/Pattern cs /P scn 0 0 9 9 re f',
    ),
  ),
  hostilePdf(
    'a pattern of a huge cell',
    pattern('/BBox [0 0 1e9 1e9] /XStep 1e9 /YStep 1e9 /Resources << >>', '0 0 1e9 1e9 re f'),
  ),
];

const content = (name: string, body: () => string, box?: string): HostileFile =>
  hostilePdf(name, () => pageOf({ content: packed(body()), ...(box && { box }) }));

const contents: readonly HostileFile[] = [
  content('two million lines', () => '0 0 m 200 200 l S '.repeat(2_000_000)),
  content('one line of two million parts', () => `0 0 m ${'200 200 l 0 200 l '.repeat(1_000_000)} S`),
  content(
    'a million curves on a large page',
    () => '0 0 m 10 900 2000 100 2000 2000 c S '.repeat(1_000_000),
    '[0 0 2000 2000]',
  ),
  content(
    'large pages filled a hundred thousand times',
    () => '0 0 2000 2000 re f '.repeat(100_000),
    '[0 0 2000 2000]',
  ),
  content('dashes of a millionth', () => '[0.000001] 0 d 0 0 m 200 200 l S'),
  content('a hundred thousand clips within each other', () => '0 0 200 200 re W n '.repeat(100_000)),
  content('ten million states that are kept', () => 'q '.repeat(10_000_000)),
  content('ten million states that are left', () => 'Q '.repeat(10_000_000)),
  content('a number of a million digits', () => `${'9'.repeat(1_000_000)} 0 m S`),
  content('a name of ten million letters', () => `/${'A'.repeat(10_000_000)} gs`),
  content('a text of ten million letters', () => `BT (${'A'.repeat(10_000_000)}) Tj ET`),
  content('an array that is a million deep', () => `${'['.repeat(1_000_000)} TJ`),
  content(
    'a picture in the text that is two thousand million wide',
    () => 'BI /W 2147483647 /H 2147483647 /BPC 8 /CS /RGB ID a EI',
  ),
  content('a thousand pictures in the text', () => 'BI /W 4000 /H 4000 /BPC 1 /CS /G /F /Fl ID a EI '.repeat(1_000)),
  content('coordinates beyond every number', () => '1e308 1e308 m -1e308 1e308 l 1e308 1e308 1e308 1e308 re f S'),
  content('a matrix of noughts', () => '0 0 0 0 0 0 cm 0 0 1 1 re f S'),
  content('lines a thousand million wide', () => '1e9 w 1 j 1 J [1 1] 0 d 0 0 m 200 200 l S'),
];

const shading = (name: string, dictionary: string, fn: Part): HostileFile =>
  hostilePdf(name, () =>
    pageOf({
      resources: '/Shading << /S 5 0 R >>',
      content: stream('', '/S sh'),
      more: [`<< /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Function 6 0 R ${dictionary} >>`, fn],
    }),
  );
const calculator = (code: string): Buffer => stream('/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]', code);
const shadings: readonly HostileFile[] = [
  shading(
    'a calculation of a hundred thousand steps at each pixel',
    '/ShadingType 1',
    calculator(`{ ${'dup mul '.repeat(100_000)} }`),
  ),
  shading(
    'a calculation that is ten thousand deep',
    '/ShadingType 1',
    calculator(`${'{ '.repeat(10_000)}${'} '.repeat(10_000)}`),
  ),
  shading(
    'a function that is made of itself',
    '/ShadingType 2 /Coords [0 0 200 200]',
    '<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R 6 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>',
  ),
  shading(
    'circles without end',
    '/ShadingType 3 /Coords [0 0 1e9 200 200 1e-9] /Extend [true true]',
    '<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1e9 >>',
  ),
];

const annotations: readonly HostileFile[] = [
  hostilePdf('a hundred thousand annotations', () =>
    pageOf({
      page: `/Annots [${'5 0 R '.repeat(100_000)}]`,
      more: ['<< /Type /Annot /Subtype /Square /Rect [0 0 200 200] /F 4 /C [1 0 0] >>'],
    }),
  ),
  hostilePdf('an annotation that looks like itself', () =>
    pageOf({
      page: '/Annots [5 0 R]',
      more: [
        '<< /Type /Annot /Subtype /Stamp /Rect [0 0 200 200] /F 4 /AP << /N 6 0 R >> >>',
        form(calls(6), '/A Do /A Do'),
      ],
    }),
  ),
  hostilePdf('a comment on a comment on itself', () =>
    pageOf({
      page: '/Annots [5 0 R]',
      more: ['<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Popup 5 0 R /Parent 5 0 R /IRT 5 0 R /Contents (a) >>'],
    }),
  ),
  hostilePdf('a field of ten million letters', () =>
    pageOf({
      catalogue: '/AcroForm << /Fields [5 0 R] /NeedAppearances true /DA (/Helv 0 Tf) >>',
      page: '/Annots [5 0 R]',
      more: [
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [0 0 200 200] /V (${'a '.repeat(5_000_000)}) >>`,
      ],
    }),
  ),
];

export const drawingBombs: readonly HostileFile[] = [...forms, ...patterns, ...contents, ...shadings, ...annotations];
