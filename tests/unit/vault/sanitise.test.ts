import { deflateSync, inflateSync } from 'node:zlib';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, test, vi } from 'vitest';
import { drawStreetAtNight } from '#build/demo/attachments/jpeg.ts';
import { typePage } from '#build/demo/attachments/pdf.ts';
import { drawMessages } from '#build/demo/attachments/png.ts';
import { seededRandom } from '#build/demo/random.ts';
import { checkPdf } from '#renderer/vault/sanitise/pdf/check-pdf.ts';
import type { PictureCodec } from '#renderer/vault/sanitise/picture-codec.ts';
import type { CannotStrip, Strip } from '#renderer/vault/sanitise/strip.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import { say } from '#renderer/words/say.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { segmentCodec } from '#tests/support/segment-codec.ts';
import { planted, pngChunk, shownText, tellingJpeg, tellingPdf, tellingPng } from '#tests/support/telling-files.ts';

/* Where there is no browser: what is read without decoding. Real pictures are decoded in tests/browser. */

const strip = createStrip(segmentCodec);
const jpeg = new Uint8Array(drawStreetAtNight(seededRandom(7)));
const png = new Uint8Array(drawMessages(seededRandom(7)));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));

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

/** What a person reads where no copy is made. */
async function whyNot(by: Strip, type: Attachment['type'], bytes: Bytes): Promise<string> {
  const result = await by(type, bytes);
  if (result.ok) throw new Error('a copy was made');
  return say(result.error);
}

const leftIn = (copy: Bytes): Promise<string> =>
  checkPdf(copy).then(
    () => 'nothing',
    (error: CannotStrip) => say(error.refusal),
  );

async function stripped(type: Attachment['type'], bytes: Bytes) {
  const result = await strip(type, bytes);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('a picture', () => {
  test('a JPEG keeps its image and nothing else', async () => {
    const telling = tellingJpeg(jpeg);
    expect(textOf(telling)).toContain(planted);
    const { bytes, removed, type } = await stripped('image/jpeg', telling);
    expect([type, removed]).toEqual(['image/jpeg', ['encoding', 'metadata', 'appended']]);
    expect(bytes).toEqual((await stripped('image/jpeg', jpeg)).bytes);
    expect(textOf(bytes)).not.toMatch(/planted|Exif|adobe/);
    expect((await stripped('image/jpeg', bytes)).removed).toEqual(['encoding']);
  });

  test('a PNG as well', async () => {
    const { bytes, removed } = await stripped('image/png', tellingPng(png));
    expect(removed).toEqual(['encoding', 'metadata', 'appended']);
    expect(bytes).toEqual(png);
  });

  const bomb = (width: number, height: number): Bytes => {
    const header = new DataView(new ArrayBuffer(13));
    header.setUint32(0, width);
    header.setUint32(4, height);
    header.setUint8(8, 8);
    return concat(png.subarray(0, 8), pngChunk('IHDR', new Uint8Array(header.buffer)), png.subarray(33));
  };
  const hugeJpeg = Uint8Array.from(jpeg);
  const frame = Buffer.from(hugeJpeg).indexOf(Buffer.from([0xff, 0xc0]));
  hugeJpeg.set([0xff, 0xff, 0xff, 0xff], frame + 5);

  // A decoder passes over the marker and reads the size that follows; a length of it would reach beyond.
  const frameLength = 2 + 17;
  const disguised = concat(
    ...[jpeg.subarray(0, 2), Uint8Array.of(0xff, 0x01), hugeJpeg.subarray(frame, frame + frameLength)],
    ...[new Uint8Array(0xffc0 - frameLength), jpeg.subarray(2)],
  );

  test.each<[string, Attachment['type'], Bytes, string]>([
    ['a PNG that would unpack to 40 GB', 'image/png', bomb(100_000, 100_000), 'says that it is 100000 by 100000'],
    ['a long one', 'image/png', bomb(1, 32_001), 'says that it is 1 by 32001'],
    ['an empty one', 'image/png', bomb(0, 10), 'says that it is 0 by 10'],
    ['a JPEG of four thousand million pixels', 'image/jpeg', hugeJpeg, 'says that it is 65535 by 65535'],
    ['a PNG called JPEG', 'image/jpeg', png, 'not what its type says'],
    ['one whose size stands behind a marker that has none', 'image/jpeg', disguised, 'damaged'],
    ['a programme', 'image/png', utf8('MZ'), 'not what its type says'],
    ['a JPEG cut short in its header', 'image/jpeg', jpeg.slice(0, 40), 'damaged'],
    ['a PNG cut short', 'image/png', png.slice(0, 60), 'damaged'],
  ])('%s is refused before it is decoded', async (_, type, bytes, says) => {
    const reencode = vi.fn(segmentCodec.reencode);
    expect(await whyNot(createStrip({ reencode }), type, bytes)).toContain(says);
    expect(reencode).not.toHaveBeenCalled();
  });

  test.each<[Attachment['type'], Bytes]>([
    ['image/jpeg', tellingJpeg(jpeg)],
    ['image/png', tellingPng(png)],
  ])('%s: a codec that lets anything through is found out', async (type, telling) => {
    const lazy: PictureCodec = { reencode: async (bytes) => bytes };
    expect(await whyNot(createStrip(lazy), type, telling)).toContain('still held something beside the picture');
  });

  test('a PNG that outgrows the limit becomes a JPEG', async () => {
    const large = concat(png.subarray(0, 33), pngChunk('IDAT', new Uint8Array(11 * 1024 * 1024)), png.subarray(33));
    const codec: PictureCodec = { reencode: async (_, __, to) => (to === 'image/png' ? large : jpeg) };
    const result = await createStrip(codec)('image/png', png);
    expect(result.ok && [result.value.type, result.value.bytes]).toEqual(['image/jpeg', jpeg]);
  });

  test('one that does not decode is refused in words', async () => {
    const codec: PictureCodec = { reencode: () => Promise.reject(new Error('InvalidStateError')) };
    expect(await whyNot(createStrip(codec), 'image/png', png)).toBe(
      'The picture cannot be decoded, so no copy was made of it.',
    );
  });
});

describe('text', () => {
  test('stays as it is, without the mark of a programme', async () => {
    const text = utf8('Said on Thursday.\r\nIn the yard.');
    expect(await stripped('text/plain', text)).toEqual({ type: 'text/plain', bytes: text, removed: [] });
    const marked = concat(Uint8Array.of(0xef, 0xbb, 0xbf), text);
    expect(await stripped('text/plain', marked)).toEqual({
      type: 'text/plain',
      bytes: text,
      removed: ['byteOrderMark'],
    });
  });

  test.each([
    ['Latin-1', Uint8Array.of(0x63, 0x61, 0x66, 0xe9)],
    ['UTF-16', Uint8Array.of(0x63, 0, 0x61, 0)],
  ])('%s is refused', async (_, bytes) => {
    expect(await whyNot(strip, 'text/plain', bytes)).toContain('not plain text');
  });
});

describe('a PDF (ISO 32000-1)', () => {
  test('keeps what its pages are drawn from and nothing else', async () => {
    const telling = await tellingPdf(tellingJpeg(jpeg));
    const hidden = everythingIn(telling);
    for (const what of ['author', 'file', 'reviewer', 'path', 'unused object', 'comment', 'profile']) {
      expect(hidden).toContain(`${planted} ${what}`);
    }
    const { bytes, removed } = await stripped('application/pdf', telling);
    expect(new Set(removed)).toEqual(
      new Set([
        ...['documentProperties', 'applicationData', 'embeddedFiles', 'scripts', 'annotations', 'formFields'],
        ...['structure', 'layers', 'metadata'],
      ]),
    );
    const left = everythingIn(bytes);
    expect(left).not.toMatch(/planted|Exif|xmpmeta|pdf-lib|D:20|ICCBased|JavaScript|Annot/);
    const text = Buffer.from(shownText, 'latin1').toString('hex').toUpperCase();
    expect(left).toContain(`<${text}> Tj`);
    expect(left).toContain(textOf((await stripped('image/jpeg', jpeg)).bytes));
    const again = await stripped('application/pdf', bytes);
    expect(again).toEqual({ type: 'application/pdf', bytes, removed: [] });
  });

  test('the same file gives the same copy', async () => {
    const telling = await tellingPdf(jpeg);
    expect((await stripped('application/pdf', telling)).bytes).toEqual(
      (await stripped('application/pdf', telling)).bytes,
    );
  });

  test('keeps the size, the turn and the order of pages, inherited or not', async () => {
    const source = await PDFDocument.create();
    for (const width of [200, 300, 400]) source.addPage([width, 100]);
    const tree = source.catalog.Pages();
    tree.set(PDFName.of('Rotate'), source.context.obj(90));
    tree.set(PDFName.of('Author'), source.context.obj(planted));
    const { bytes } = await stripped('application/pdf', new Uint8Array(await source.save()));
    const pages = (await PDFDocument.load(bytes)).getPages();
    expect(pages.map((page) => [page.getWidth(), page.getRotation().angle])).toEqual([
      [200, 90],
      [300, 90],
      [400, 90],
    ]);
    expect(everythingIn(bytes)).not.toContain(planted);
  });

  test('what an earlier version said is gone', async () => {
    const first = new Uint8Array(typePage([`${planted} name`]));
    const content = 'BT /F1 10 Tf 56 780 Td (taken out) Tj ET';
    const second = utf8(
      `4 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\ntrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
    );
    const { bytes, removed } = await stripped('application/pdf', concat(first, second));
    expect(removed).toEqual(['earlierVersions']);
    expect(everythingIn(bytes)).toContain('(taken out) Tj');
    expect(everythingIn(bytes)).not.toContain(planted);
  });

  const page = (extra: string) =>
    latin1(
      `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> >>\nendobj\n${extra}\ntrailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
    );
  const stream = (dict: string, body: string | Buffer, number = 4): string =>
    `${number} 0 obj\n<< ${dict} /Length ${body.length} >>\nstream\n${body.toString('latin1')}\nendstream\nendobj`;
  const packed = deflateSync(Buffer.alloc(300 * 1024 * 1024));
  const endless = page(stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', packed));
  const encrypted = utf8(textOf(page('')).replace('/Root 1 0 R', '/Root 1 0 R /Encrypt << /Filter /Standard /V 1 >>'));

  test.each<[string, Bytes, string]>([
    ['encrypted', encrypted, 'encrypted or protected'],
    ['cut short', new Uint8Array(typePage(['text'])).slice(0, 200), 'damaged'],
    ['nothing but a beginning', utf8('%PDF-1.7'), 'damaged'],
    ['a page that is missing', utf8(textOf(page('')).replace('/Count 1', '/Count 2')), 'do not add up'],
    ['one that unpacks without end', endless, 'unpacks to more than'],
    ['JPEG 2000', page(stream('/Subtype /Image /Filter /JPXDecode', 'jp2')), 'JPXDecode'],
    ['a broken JPEG', page(stream('/Subtype /Image /Filter /DCTDecode', 'no picture')), 'damaged'],
    [
      'a JPEG in the text',
      page(stream('/Subtype /Form /BBox [0 0 9 9]', 'BI /W 1 /H 1 /F /DCT ID planted EI')),
      'in the middle of the text',
    ],
    [
      'one whose name is spelt in numbers',
      page(stream('/Subtype /Form /BBox [0 0 9 9]', 'BI /W 1 /H 1 /F /#44C#54 ID planted EI')),
      'in the middle of the text',
    ],
    [
      'one with no name at all',
      page(
        stream(
          '/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode',
          deflateSync(Buffer.from('BI /W 1 /H 1 ID \u00ff\u00d8\u00ff\u00e1', 'latin1')),
        ),
      ),
      'in the middle of the text',
    ],
  ])('%s is refused', async (_, bytes, says) => {
    expect(await whyNot(strip, 'application/pdf', bytes)).toContain(says);
  });

  test.each<[string, (source: PDFDocument) => void]>([
    ['properties', (source) => source.setTitle(planted)],
    ['something that no page uses', ({ context }) => context.register(context.obj([planted]))],
    ['beside its pages', ({ catalog, context }) => catalog.set(PDFName.of('Lang'), context.obj(planted))],
    ['PieceInfo on a page', (source) => source.getPage(0).node.set(PDFName.of('PieceInfo'), source.context.obj({}))],
  ])('the check of a copy finds %s', async (left, leave) => {
    const { bytes } = await stripped('application/pdf', new Uint8Array(typePage(['text'])));
    await checkPdf(bytes);
    const source = await PDFDocument.load(bytes, { updateMetadata: false });
    leave(source);
    const worse = new Uint8Array(await source.save({ useObjectStreams: false }));
    expect(await leftIn(worse)).toContain(left);
  });

  test('the check of a copy finds metadata in a picture', async () => {
    const { bytes } = await stripped('application/pdf', await tellingPdf(jpeg));
    await checkPdf(bytes);
    const text = textOf(bytes);
    const comment = textOf(tellingJpeg(jpeg)).slice(0, -`${planted} film`.length);
    const worse = text.replace(textOf((await stripped('image/jpeg', jpeg)).bytes), comment).replaceAll('Exif', 'Exit');
    expect(
      await leftIn(
        latin1(
          worse.replaceAll('adobe', 'abode').replaceAll('xmpmeta', 'xmpmeat').replaceAll('Photoshop', 'Photoship'),
        ),
      ),
    ).toContain('metadata of a picture');
  });

  test('what stands elsewhere and is referred to is found as well', async () => {
    const objects = [
      '4 0 obj\n<< /Subtype /Form /BBox [0 0 9 9] /Matrix 5 0 R /Resources 6 0 R /Length 0 >>\nstream\n\nendstream\nendobj',
      `5 0 obj\n[7 0 R (${planted} in a list)]\nendobj`,
      `6 0 obj\n<< /ColorSpace << /C [8 0 R 9 0 R] >> /Font << /F << /Encoding 7 0 R >> >> >>\nendobj`,
      `7 0 obj\n(${planted} elsewhere)\nendobj`,
      '8 0 obj\n/ICCBased\nendobj',
      `9 0 obj\n<< /N 4 /Length 15 >>\nstream\n${planted} profile\nendstream\nendobj`,
    ];
    const { bytes } = await stripped('application/pdf', page(objects.join('\n')));
    expect(everythingIn(bytes)).not.toContain(planted);
    expect(everythingIn(bytes)).toContain('[ /DeviceCMYK ]');
  });

  test('a JPEG that is packed twice is unpacked and bared', async () => {
    const dict = '/Subtype /Image /Width 128 /Height 96 /Filter [/FlateDecode /DCTDecode]';
    const source = page(stream(dict, deflateSync(tellingJpeg(jpeg))));
    const { bytes, removed } = await stripped('application/pdf', source);
    expect(removed).toEqual(['metadata']);
    expect(everythingIn(bytes)).not.toContain(planted);
    expect(textOf(bytes)).toContain(textOf((await stripped('image/jpeg', jpeg)).bytes));
  });
});
