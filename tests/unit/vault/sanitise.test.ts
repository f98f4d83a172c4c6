import { describe, expect, test, vi } from 'vitest';
import { drawStreetAtNight } from '#build/demo/attachments/jpeg.ts';
import { drawMessages } from '#build/demo/attachments/png.ts';
import { seededRandom } from '#build/demo/random.ts';
import { jpegSize } from '#renderer/vault/sanitise/jpeg.ts';
import type { PictureCodec } from '#renderer/vault/sanitise/picture-codec.ts';
import type { Strip } from '#renderer/vault/sanitise/strip.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import { say } from '#renderer/words/say.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { greyJpeg } from '#tests/support/hostile-files/grey-jpeg.ts';
import { progressiveJpeg } from '#tests/support/hostile-files/picture-bombs.ts';
import { segmentCodec } from '#tests/support/segment-codec.ts';
import { planted, pngChunk, tellingJpeg, tellingPng } from '#tests/support/telling-files.ts';

/* Where there is no browser: pictures are drawn, but encoded by a twin. Real pictures are encoded in tests/browser. */

const strip = createStrip(segmentCodec);
const jpeg = new Uint8Array(drawStreetAtNight(seededRandom(7)));
const png = new Uint8Array(drawMessages(seededRandom(7)));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** What a person reads where no copy is made. */
async function whyNot(by: Strip, type: Attachment['type'], bytes: Bytes): Promise<string> {
  const result = await by(type, bytes);
  if (result.ok) throw new Error('a copy was made');
  return say(result.error);
}

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
    // Exif says that the camera was turned.
    const { width, height } = jpegSize(jpeg);
    expect(jpegSize(bytes)).toMatchObject({ width: height, height: width });
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

  const comments = new Uint8Array(Buffer.alloc(400_000, Uint8Array.of(0xff, 0xfe, 0, 2)));
  const texts = new Uint8Array(Buffer.alloc(1_400_000, pngChunk('tEXt', utf8('a\u0000'))));

  test.each<[string, Attachment['type'], Bytes, string]>([
    ['a PNG larger than any screen', 'image/png', bomb(6000, 5000), 'at most 24 million'],
    ['a PNG that would unpack to 40 GB', 'image/png', bomb(100_000, 100_000), 'says that it is 100000 by 100000'],
    ['a long one', 'image/png', bomb(1, 32_001), 'says that it is 1 by 32001'],
    ['an empty one', 'image/png', bomb(0, 10), 'says that it is 0 by 10'],
    ['a JPEG of four thousand million pixels', 'image/jpeg', hugeJpeg, 'says that it is 65535 by 65535'],
    ['a PNG called JPEG', 'image/jpeg', png, 'not what its type says'],
    ['one whose size stands behind a marker that has none', 'image/jpeg', disguised, 'damaged'],
    ['a programme', 'image/png', utf8('MZ'), 'not what its type says'],
    [
      'a JPEG of a hundred thousand comments',
      'image/jpeg',
      concat(jpeg.subarray(0, 2), comments, jpeg.subarray(2)),
      'damaged',
    ],
    ['a PNG of a hundred thousand texts', 'image/png', concat(png.subarray(0, 33), texts, png.subarray(33)), 'damaged'],
    ['a JPEG cut short in its header', 'image/jpeg', jpeg.slice(0, 40), 'damaged'],
    ['a PNG cut short', 'image/png', png.slice(0, 60), 'damaged'],
  ])('%s is refused before it is decoded', async (_, type, bytes, says) => {
    const codec = { encode: vi.fn(segmentCodec.encode), reencode: vi.fn(segmentCodec.reencode) };
    expect(await whyNot(createStrip(codec), type, bytes)).toContain(says);
    expect(codec.encode).not.toHaveBeenCalled();
    expect(codec.reencode).not.toHaveBeenCalled();
  });

  test.each<[Attachment['type'], Bytes]>([
    ['image/jpeg', tellingJpeg(jpeg)],
    ['image/png', tellingPng(png)],
  ])('%s: a codec that lets anything through is found out', async (type, telling) => {
    const lazy: PictureCodec = { encode: async () => telling, reencode: async () => telling };
    expect(await whyNot(createStrip(lazy), type, telling)).toContain('still held something beside the picture');
  });

  test('a PNG that outgrows the limit becomes a JPEG', async () => {
    const large = concat(png.subarray(0, 33), pngChunk('IDAT', new Uint8Array(11 * 1024 * 1024)), png.subarray(33));
    const codec: PictureCodec = { ...segmentCodec, reencode: async (_, to) => (to === 'image/png' ? large : jpeg) };
    const result = await createStrip(codec)('image/png', png);
    expect(result.ok && [result.value.type, result.value.bytes]).toEqual(['image/jpeg', jpeg]);
  });

  test('a JPEG that outgrows the limit is encoded less finely', async () => {
    const asked: number[] = [];
    const large = concat(jpeg.subarray(0, -2), new Uint8Array(11 * 1024 * 1024), jpeg.subarray(-2));
    const codec: PictureCodec = {
      ...segmentCodec,
      encode: async (_, __, quality) => (asked.push(quality) === 1 ? large : jpeg),
    };
    const result = await createStrip(codec)('image/jpeg', jpeg);
    expect(result.ok && result.value.bytes).toEqual(jpeg);
    expect(asked[1]).toBeLessThan(asked[0] ?? 0);
  });

  test('one that does not decode is refused in words', async () => {
    const codec: PictureCodec = { ...segmentCodec, reencode: () => Promise.reject(new Error('InvalidStateError')) };
    const says = 'The picture cannot be decoded, so no copy was made of it.';
    expect(await whyNot(createStrip(codec), 'image/png', png)).toBe(says);
    const noTables = concat(jpeg.subarray(0, 20), jpeg.subarray(Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xc0]))));
    const broken = Uint8Array.from(noTables).fill(
      0xff,
      Buffer.from(noTables).indexOf(Buffer.from([0xff, 0xc4])) + 4,
      60,
    );
    expect(await whyNot(strip, 'image/jpeg', broken)).toContain('The picture');
  });

  test('a JPEG of more pixels than are kept is scaled down, and it is said that its detail is gone', async () => {
    const { bytes, removed } = await stripped('image/jpeg', greyJpeg({ width: 8000, height: 6000 }));
    expect(removed).toContain('resolution');
    const { width, height } = jpegSize(bytes);
    expect(width * height).toBeLessThanOrEqual(16_000_000);
    expect(width / height).toBeCloseTo(8000 / 6000, 2);
    expect((await stripped('image/jpeg', jpeg)).removed).not.toContain('resolution');
  });

  const progressive = (width: number, height: number): Bytes => Uint8Array.from(progressiveJpeg(width, height, 3, 3));

  test('a progressive JPEG as large as those of cameras fits into the memory of the container, a larger one does not', async () => {
    expect((await stripped('image/jpeg', progressive(6_000, 4_000))).removed).toContain('resolution');
    expect(await whyNot(strip, 'image/jpeg', progressive(9_000, 7_000))).toContain('384 MB of memory');
  });

  test.each([
    [1, 'tl'],
    [2, 'tr'],
    [3, 'br'],
    [4, 'bl'],
    [5, 'tl'],
    [6, 'tr'],
    [7, 'br'],
    [8, 'bl'],
  ])('a JPEG whose camera was held as %s has the corner upright that is dark', async (orientation, corner) => {
    // Dark in the upper left corner as it is stored.
    const stored = greyJpeg({ width: 64, height: 32, orientation, shade: (x, y) => (x < 32 && y < 16 ? 0 : 255) });
    const seen: string[] = [];
    const codec: PictureCodec = {
      ...segmentCodec,
      encode: (drawing, to, quality) => {
        const { width, height, pixels } = drawing;
        const at = (x: number, y: number) => pixels[(y * width + x) * 4] ?? 255;
        const corners = { tl: at(4, 4), tr: at(width - 5, 4), bl: at(4, height - 5), br: at(width - 5, height - 5) };
        seen.push(...Object.entries(corners).flatMap(([name, shade]) => (shade < 128 ? [name] : [])));
        seen.push(width > height ? 'wide' : 'high');
        return segmentCodec.encode(drawing, to, quality);
      },
    };
    expect((await createStrip(codec)('image/jpeg', stored)).ok).toBe(true);
    expect(seen).toEqual([corner, orientation < 5 ? 'wide' : 'high']);
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
