import { type HostileFile, hostilePdf } from './hostile-file.ts';
import { bytesOf, packed, pageOf, pdfOf, stream } from './make-pdf.ts';

/* Documents whose structure leads in circles, into the deep, or says what is not so. */

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
const onePage = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const plainPage = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>';

/** A table and a trailer that say where the one before them stands. */
const withTable = (previous: (at: number) => number, size = 4): Buffer => {
  const head = bytesOf(
    `%PDF-1.7\n1 0 obj\n${catalogue}\nendobj\n2 0 obj\n${onePage}\nendobj\n3 0 obj\n${plainPage}\nendobj\n`,
  );
  return bytesOf(
    head,
    `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size ${size} /Root 1 0 R /Prev ${previous(head.length)} >>\nstartxref\n${head.length}\n%%EOF\n`,
  );
};

const tables: readonly HostileFile[] = [
  hostilePdf('a table that comes after itself', () => withTable((at) => at)),
  hostilePdf('a table before the file', () => withTable(() => -1)),
  hostilePdf('a table beyond the file', () => withTable(() => 2 ** 53)),
  hostilePdf('a table of two thousand million objects', () => withTable((at) => at, 2_147_483_647)),
  hostilePdf('a hundred thousand tables, each after the next', () => {
    const parts = ['%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'];
    let at = parts[0]?.length ?? 0;
    for (let each = 0; each < 100_000; each += 1) {
      const part = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R /Prev ${at} >>\n`;
      parts.push(part);
      at += part.length;
    }
    return bytesOf(parts.join(''), `startxref\n${at}\n%%EOF\n`);
  }),
  hostilePdf('tables of a circle of two', () => {
    const head = '%PDF-1.7\n';
    const table = (previous: number) =>
      `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R /Prev ${previous} >>\n`;
    const first = table(100);
    return bytesOf(
      head,
      first,
      ' '.repeat(100 - head.length - first.length),
      table(head.length),
      'startxref\n100\n%%EOF\n',
    );
  }),
  hostilePdf('a stream of objects that goes on in itself', () =>
    pdfOf([catalogue, stream('/Type /ObjStm /N 2 /First 10 /Extends 2 0 R', '1 0 2 5   << >> << >>')]),
  ),
  hostilePdf('a table in a stream that is in itself', () => {
    const head = bytesOf(`%PDF-1.7\n1 0 obj\n${catalogue}\nendobj\n`);
    const table = stream(
      '/Type /XRef /Size 9 /W [1 1 1] /Root 1 0 R /Index [0 9]',
      Buffer.from(Array.from({ length: 27 }, (_, at) => (at % 3 === 0 ? 2 : 2))),
    );
    return bytesOf(head, '2 0 obj\n', table, `\nendobj\nstartxref\n${head.length}\n%%EOF\n`);
  }),
  hostilePdf('a table whose numbers are of a thousand million bytes', () => {
    const head = bytesOf(`%PDF-1.7\n1 0 obj\n${catalogue}\nendobj\n`);
    const table = stream('/Type /XRef /Size 9 /W [1000000000 1000000000 1000000000] /Root 1 0 R', 'a');
    return bytesOf(head, '2 0 obj\n', table, `\nendobj\nstartxref\n${head.length}\n%%EOF\n`);
  }),
];

const lengths = ['5 0 R', '4 0 R', '-1', '4294967296', '999999999999', '0', '(a)', '[1]', '1e300'].map((length) =>
  hostilePdf(`a stream that says to be ${length} long`, () =>
    pageOf({ content: `<< /Length ${length} >>\nstream\n0 0 200 200 re f\nendstream`, more: ['5 0 R'] }),
  ),
);

const trees: readonly HostileFile[] = [
  hostilePdf('a page that is its own parent', () => pdfOf([catalogue, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'])),
  hostilePdf('a circle of pages', () =>
    pdfOf([
      catalogue,
      '<< /Type /Pages /Kids [3 0 R] /Count 5 >>',
      '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>',
    ]),
  ),
  hostilePdf('a million pages that are one', () =>
    pdfOf([catalogue, `<< /Type /Pages /Kids [${'3 0 R '.repeat(1_000_000)}] /Count 1000000 >>`, plainPage]),
  ),
  hostilePdf('a hundred pages that claim to be two thousand million', () =>
    pdfOf([catalogue, `<< /Type /Pages /Kids [${'3 0 R '.repeat(100)}] /Count 2147483647 >>`, plainPage]),
  ),
  hostilePdf('fewer pages than none', () =>
    pdfOf([catalogue, '<< /Type /Pages /Kids [3 0 R] /Count -5 >>', plainPage]),
  ),
  hostilePdf('a tree of pages that is ten thousand deep', () =>
    pdfOf([
      catalogue,
      ...Array.from(
        { length: 10_000 },
        (_, at) => `<< /Type /Pages /Parent ${at + 1} 0 R /Kids [${at + 3} 0 R] /Count 1 >>`,
      ),
      plainPage,
    ]),
  ),
  hostilePdf('a tree that doubles thirty times', () =>
    pdfOf([
      catalogue,
      ...Array.from(
        { length: 30 },
        (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R ${at + 3} 0 R] /Count ${2 ** (30 - at)} >>`,
      ),
      plainPage,
    ]),
  ),
  hostilePdf('two hundred pages of a thousand objects each', () =>
    pdfOf([
      catalogue,
      `<< /Type /Pages /Kids [${'3 0 R '.repeat(200)}] /Count 200 >>`,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>',
      packed('0 0 m 200 200 l S '.repeat(1_000)),
    ]),
  ),
];

const deep = ['[', '<< /A ', '(', '<', '<<', '[[[[<</A', '1 0 obj ', '% '].flatMap((opening) =>
  [1_000, 1_000_000].map((count) =>
    hostilePdf(`${count} of ${JSON.stringify(opening)}, which nothing closes`, () =>
      pdfOf([catalogue, onePage, `${plainPage}\n${opening.repeat(count)}`]),
    ),
  ),
);

const circles: readonly HostileFile[] = [
  hostilePdf('a reference to itself', () => pdfOf(['1 0 R', '2 0 R'])),
  hostilePdf('a reference to a reference to the first', () => pdfOf(['2 0 R', '3 0 R', '1 0 R'])),
  hostilePdf('an outline of a circle', () =>
    pageOf({
      catalogue: '/Outlines 5 0 R',
      more: ['<< /First 6 0 R /Last 6 0 R >>', '<< /Title (a) /Next 6 0 R /First 6 0 R /Parent 5 0 R >>'],
    }),
  ),
  hostilePdf('a tree of names of a circle', () =>
    pageOf({
      catalogue: '/Names << /Dests 5 0 R /JavaScript 5 0 R /EmbeddedFiles 5 0 R >>',
      more: ['<< /Kids [5 0 R 5 0 R] /Limits [(a) (b)] >>'],
    }),
  ),
  hostilePdf('a tree of names of a million', () =>
    pageOf({ catalogue: '/Names << /Dests 5 0 R >>', more: [`<< /Names [${'(a) 3 0 R '.repeat(1_000_000)}] >>`] }),
  ),
  hostilePdf('a form whose fields are their own children', () =>
    pageOf({
      catalogue: '/AcroForm << /Fields [5 0 R] >>',
      more: ['<< /FT /Tx /T (a) /Kids [5 0 R 5 0 R] /Parent 5 0 R >>'],
    }),
  ),
  hostilePdf('a form of a hundred thousand fields', () =>
    pageOf({ catalogue: `/AcroForm << /Fields [${'5 0 R '.repeat(100_000)}] >>`, more: ['<< /FT /Tx /T (a) >>'] }),
  ),
  hostilePdf('a structure whose elements are their own children', () =>
    pageOf({
      catalogue: '/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R',
      more: ['<< /K [5 0 R 5 0 R] /P 5 0 R >>'],
    }),
  ),
  hostilePdf('scripts, launches and XFA that begin by themselves', () =>
    pageOf({
      catalogue:
        '/OpenAction << /S /JavaScript /JS (while(1){}) >> /AA << /WC << /S /Launch /F (calc.exe) >> >> /AcroForm << /XFA 5 0 R /Fields [] >>',
      page: '/AA << /O << /S /URI /URI (http://example.invalid/) >> >>',
      more: [stream('', '<xdp><script>while(1){}</script></xdp>')],
    }),
  ),
];

const boxes = [
  '[0 0 1e38 1e38]',
  '[0 0 14400 14400]',
  '[-1e9 -1e9 1e9 1e9]',
  '[0 0 0.0001 14400]',
  '[200 200 0 0]',
  '[(a) /b [] null]',
  '[0 0 1e9 1]',
].map((box) => hostilePdf(`a page of ${box}`, () => pageOf({ box, content: stream('', '0 0 1e9 1e9 re f') })));

export const structureBombs: readonly HostileFile[] = [...tables, ...lengths, ...trees, ...deep, ...circles, ...boxes];
