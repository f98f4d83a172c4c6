import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { typePage } from '#build/demo/attachments/pdf.ts';
import { checkCopy } from '#renderer/vault/sanitise/pdf/check-copy.ts';
import { mostPages } from '#renderer/vault/sanitise/pdf/strip-pdf.ts';
import { writePicturePdf } from '#renderer/vault/sanitise/pdf/write-picture-pdf.ts';
import { type Container, inContainer } from '#renderer/vault/sanitise/pdfium/container.ts';
import { openDocument } from '#renderer/vault/sanitise/pdfium/pdf-document.ts';
import type { CannotStrip } from '#renderer/vault/sanitise/strip.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import { say } from '#renderer/words/say.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import { greyJpeg } from '#tests/support/hostile-files/grey-jpeg.ts';
import { bytesOf, packed, pageOf, stream } from '#tests/support/hostile-files/make-pdf.ts';
import { segmentCodec } from '#tests/support/segment-codec.ts';
import { planted, tellingJpeg, tellingPdf } from '#tests/support/telling-files.ts';

const strip = createStrip(segmentCodec);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const photograph = tellingJpeg(greyJpeg({ width: 64, height: 48 }));
const asBytes = (pdf: Uint8Array): Bytes => Uint8Array.from(pdf);

/** Every text that can be read out of a PDF without knowing what a PDF is: as it stands, and unpacked. */
function everythingIn(pdf: Bytes): string {
  const text = textOf(pdf);
  const unpacked = [...text.matchAll(/stream\r?\n/g)].map(({ index, 0: word }) => {
    try {
      return textOf(inflateSync(pdf.subarray(index + word.length), { finishFlush: 2 }));
    } catch {
      return '';
    }
  });
  return [text, ...unpacked].join('\n');
}

async function stripped(pdf: Uint8Array) {
  const result = await strip('application/pdf', asBytes(pdf));
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** What a person reads where no copy is made. */
async function whyNot(pdf: Uint8Array): Promise<string> {
  const result = await strip('application/pdf', asBytes(pdf));
  if (result.ok) throw new Error('a copy was made');
  return say(result.error);
}

async function pagesOf(count: number): Promise<Uint8Array> {
  const source = await PDFDocument.create();
  for (let page = 0; page < count; page += 1) source.addPage([200, 100]).drawText(`Page ${page}`);
  return source.save();
}

describe('a sanitised copy of a PDF (ISO 32000-1)', () => {
  test('holds pictures of its pages and nothing else', async () => {
    const telling = await tellingPdf(photograph);
    const hidden = everythingIn(telling);
    for (const what of ['author', 'file', 'reviewer', 'path', 'unused object', 'comment', 'profile']) {
      expect(hidden).toContain(`${planted} ${what}`);
    }
    const { bytes, removed } = await stripped(telling);
    expect(new Set(removed)).toEqual(
      new Set([...['encoding', 'text', 'documentProperties', 'embeddedFiles', 'scripts', 'annotations', 'formFields']]),
    );
    const withoutPictures = textOf(bytes).replace(/stream\n.*?\nendstream/gs, '');
    const names = new Set(withoutPictures.match(/\/[A-Za-z]+/g));
    expect([...names].sort()).toEqual(
      [
        ...['/BitsPerComponent', '/Catalog', '/ColorSpace', '/Contents', '/Count', '/DeviceRGB', '/Filter'],
        ...['/FlateDecode', '/Height', '/Image', '/Indexed', '/Kids', '/Length', '/MediaBox', '/P', '/Page', '/Pages'],
        ...['/Parent', '/Resources', '/Root', '/Size', '/Subtype', '/Type', '/Width', '/XObject'],
      ].sort(),
    );
    expect(everythingIn(bytes)).not.toMatch(/planted|Exif|xmpmeta|pdf-lib|D:20|JavaScript|Annot|The bags/);
  });

  test('is the same for the same file', async () => {
    const telling = await tellingPdf(photograph);
    expect((await stripped(telling)).bytes).toEqual((await stripped(telling)).bytes);
  });

  test('of a copy loses its pixels only, and nothing that was not there is called removed', async () => {
    const { bytes } = await stripped(await tellingPdf(photograph));
    const again = await stripped(bytes);
    expect(again.removed).toEqual(['encoding']);
    expect((await PDFDocument.load(again.bytes)).getPage(0).getSize()).toEqual({ width: 300, height: 200 });
  });

  test('has the size and the order of pages as they are seen, turned where they are', async () => {
    const source = await PDFDocument.create();
    for (const width of [200, 300, 400]) source.addPage([width, 100]);
    source.catalog.Pages().set(PDFName.of('Rotate'), source.context.obj(90));
    const { bytes } = await stripped(await source.save());
    const pages = (await PDFDocument.load(bytes)).getPages();
    expect(pages.map((page) => [page.getWidth(), page.getHeight(), page.getRotation().angle])).toEqual([
      [100, 200, 0],
      [100, 300, 0],
      [100, 400, 0],
    ]);
  });

  test('shows the latest version, and says that there were earlier ones', async () => {
    const first = asBytes(typePage([`${planted} name`]));
    const second = utf8(
      `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 50] >>\nendobj\ntrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
    );
    const { bytes, removed } = await stripped(concat(first, second));
    expect(removed).toEqual(expect.arrayContaining(['earlierVersions']));
    expect((await PDFDocument.load(bytes)).getPage(0).getSize()).toEqual({ width: 100, height: 50 });
  });

  test('is made of 200 pages, and not of more', async () => {
    expect((await PDFDocument.load((await stripped(await pagesOf(mostPages))).bytes)).getPageCount()).toBe(200);
    expect(await whyNot(await pagesOf(300))).toBe(
      'This PDF has 300 pages, and Probity copies at most 200. No copy was made. Pass on in words what matters in it, or ask your digital forensics unit for a copy of the pages that do.',
    );
  });
});

describe('a page', () => {
  const seenOf = async (pdf: Uint8Array) => {
    const seen: { width: number; height: number; shade: (x: number, y: number) => number }[] = [];
    // Thousands of shades are no few colours, so that every page is asked of the codec.
    const noise = Array.from(
      { length: 600 },
      (_, at) => `${(at % 29) / 29} ${(at % 31) / 31} ${(at % 37) / 37} rg ${at % 30} ${Math.floor(at / 30)} 1 1 re f`,
    );
    const codec = {
      ...segmentCodec,
      encode: (drawing: Parameters<typeof segmentCodec.encode>[0], to: 'image/jpeg' | 'image/png', quality: number) => {
        const { width, height } = drawing;
        const pixels = drawing.pixels.slice();
        seen.push({
          width,
          height,
          shade: (x, y) => pixels[(Math.round(y * height) * width + Math.round(x * width)) * 4] ?? 0,
        });
        return segmentCodec.encode(drawing, to, quality);
      },
    };
    const noisy = textOf(pdf).replace('%noise', noise.join(' '));
    await createStrip(codec)('application/pdf', asBytes(bytesOf(noisy)));
    const [first] = seen;
    if (!first) throw new Error('nothing was drawn');
    return first;
  };
  const withNoise = (extra: Parameters<typeof pageOf>[0]) =>
    pageOf({ ...extra, content: bytesOf('<< >>\nstream\n%noise\nendstream') });

  test('shows what was filled in in a form, and how a comment looks', async () => {
    const appearance = (grey: number) => stream('/Subtype /Form /BBox [0 0 50 50]', `${grey} g 0 0 50 50 re f`);
    const pdf = withNoise({
      catalogue: '/AcroForm << /Fields [5 0 R] >>',
      page: '/Annots [5 0 R 6 0 R]',
      more: [
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [100 100 150 150] /AP << /N 7 0 R >> >>',
        '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [50 100 100 150] /AP << /N 8 0 R >> >>',
        appearance(0),
        appearance(0.5),
      ],
    });
    const { shade } = await seenOf(pdf);
    expect(shade(125 / 200, 75 / 200)).toBe(0);
    expect(shade(75 / 200, 75 / 200)).toBeGreaterThan(120);
    expect(shade(75 / 200, 75 / 200)).toBeLessThan(135);
    expect(shade(175 / 200, 75 / 200)).toBe(255);
  });

  test('is drawn at 200 dots an inch, and a plan of many metres at fewer', async () => {
    const { width } = await seenOf(withNoise({}));
    expect(width).toBe(Math.round((200 / 72) * 200));
    const plan = await seenOf(withNoise({ box: '[0 0 4000 2000]' }));
    expect(plan.width * plan.height).toBeLessThanOrEqual(16_000_000);
    expect(plan.width / plan.height).toBeCloseTo(2, 1);
  });
});

describe('a PDF of which no copy is made', () => {
  const encrypted = pageOf({
    trailer:
      '/Encrypt << /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) /P -4 >> /ID [(a) (a)]',
  });

  test.each<[string, Uint8Array, string]>([
    ['one that needs a password', encrypted, 'needs a password'],
    ['one cut short', typePage(['text']).subarray(0, 200), 'damaged'],
    ['nothing but a beginning', utf8('%PDF-1.7'), 'damaged'],
    ['a page that is missing', bytesOf(textOf(pageOf({})).replace('/Count 1', '/Count 2')), 'damaged'],
    ['a tree of a million pages', bytesOf(textOf(pageOf({})).replace('/Count 1', '/Count 1000000')), 'at most 200'],
    [
      'one that unpacks without end',
      pageOf({ content: packed(Buffer.alloc(300 * 1024 * 1024, 0x20)) }),
      '384 MB of memory',
    ],
    [
      'one that draws itself',
      pageOf({
        resources: '/XObject << /A 5 0 R >>',
        content: stream('', '/A Do'),
        more: [stream('/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>', '/A Do /A Do')],
      }),
      'could not be taken apart',
    ],
  ])('%s is refused in words', async (_, pdf, says) => {
    expect(await whyNot(pdf)).toContain(says);
  });
});

test('whatever is thrown while a page is copied is a refusal, even what is no error', async () => {
  const thrown: unknown = 'a text';
  const codec = { ...segmentCodec, encode: () => Promise.reject(thrown) };
  const photographed = await tellingPdf(photograph);
  const colours = Array.from(
    { length: 400 },
    (_, at) => `${(at % 20) / 20} ${at / 400} 0.5 rg ${at % 20} ${Math.floor(at / 20)} 1 1 re f`,
  );
  const page = pageOf({ box: '[0 0 20 20]', content: stream('', colours.join(' ')) });
  expect(await createStrip(codec)('application/pdf', asBytes(page))).toMatchObject({
    error: { code: 'file-undecodable' },
  });
  expect((await createStrip(codec)('application/pdf', photographed)).ok).toBe(true);
});

describe('the memory of the container', () => {
  const most = 64 * 1024 * 1024;
  const bomb = asBytes(pageOf({ content: packed(Buffer.alloc(300 * 1024 * 1024, 0x20)) }));

  test('never grows beyond what it may have, and whoever wants more is refused as that', async () => {
    let held: Container | undefined;
    const opened = inContainer(async (container) => {
      held = container;
      const { pdfium } = container;
      pdfium.FPDF_LoadPage(openDocument(container, bomb).pointer, 0);
    }, most);
    await expect(opened).rejects.toMatchObject({
      refusal: { code: 'file-too-demanding', params: { mostMemory: most } },
    });
    expect(held?.memory()).toBeGreaterThan(most / 2);
    expect(held?.memory()).toBeLessThanOrEqual(most);
  });

  test('is bounded by the engine, not by the good will of what runs in it', async () => {
    await inContainer(async ({ pdfium, memory }) => {
      const { memory: raw } = pdfium.pdfium.wasmExports as unknown as { memory: WebAssembly.Memory };
      expect(() => raw.grow((most - memory()) / 65_536 + 1)).toThrow(RangeError);
      raw.grow((most - memory()) / 65_536);
      expect(() => raw.grow(1)).toThrow(RangeError);
    }, most);
  });
});

describe('the check of a copy', () => {
  const leftIn = (copy: Uint8Array, pages = 1): Promise<string> =>
    checkCopy(asBytes(copy), pages).then(
      () => 'nothing',
      (error: CannotStrip) => say(error.refusal),
    );
  const picture = {
    width: 8,
    height: 8,
    bytes: greyJpeg({ width: 8, height: 8 }),
    packed: { as: 'DCTDecode', components: 1, inverted: false },
  } as const;
  const clean = writePicturePdf([{ size: { width: 8, height: 8 }, picture }]);

  test.each<[string, (source: PDFDocument) => unknown]>([
    ['properties of the document', (source) => source.setTitle(planted)],
    ['an embedded file', (source) => source.attach(utf8(planted), 'a.txt')],
    ['a script', (source) => source.addJavaScript('a', 'app.alert(1)')],
    ['something beside the picture', (source) => source.getPage(0).drawText(planted)],
    [
      'something beside the picture',
      (source) => source.getPage(0).node.addAnnot(source.context.register(source.context.obj({ Subtype: 'Link' }))),
    ],
    ['a form', (source) => void source.getForm().createTextField('a')],
    ['other pages', (source) => void source.addPage()],
  ])('finds %s', async (left, leave) => {
    expect(await leftIn(clean)).toBe('nothing');
    const source = await PDFDocument.load(clean, { updateMetadata: false });
    await leave(source);
    expect(await leftIn(await source.save({ useObjectStreams: false }))).toContain(left);
  });
});
