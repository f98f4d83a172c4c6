import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pagePicture } from '#renderer/vault/sanitise/pdf/page-picture.ts';
import { palettePicture } from '#renderer/vault/sanitise/pdf/palette-picture.ts';
import { randomOf } from '#tests/support/endpoint-random.ts';
import { segmentCodec } from '#tests/support/segment-codec.ts';

/** @param shade red, green and blue of a pixel */
function drawing(width: number, height: number, shade: (x: number, y: number) => readonly [number, number, number]) {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    pixels.set([...shade(at % width, Math.floor(at / width)), 255], at * 4);
  }
  return { width, height, pixels };
}

const grey = (shade: number) => [shade, shade, shade] as const;
const sharp = { dpi: 200, quality: 0.8, isCoarse: false };

describe('a drawing of few colours', () => {
  test.each([
    [2, 1],
    [4, 2],
    [16, 4],
  ])('of %i shades takes %i bits a pixel, and each row begins a new byte', (shades, bits) => {
    const palette = palettePicture(
      drawing(17, 3, (x) => grey(Math.round(((x % shades) * 255) / (shades - 1)))),
      false,
    );
    expect(palette?.bits).toBe(bits);
    expect(palette?.palette.length).toBe(shades * 3);
    expect(palette?.rows.length).toBe(Math.ceil((17 * bits) / 8) * 3);
    const first = palette?.rows[0] ?? 0;
    expect(first >> (8 - bits)).toBe(0);
    expect((first >> (8 - 2 * bits)) & (2 ** bits - 1)).toBe(1);
  });

  test('keeps black, white and the colours of a highlighter', () => {
    const colours = [grey(0), grey(255), [255, 255, 0], [255, 0, 255]] as const;
    const palette = palettePicture(
      drawing(4, 1, (x) => colours[x] ?? grey(0)),
      false,
    );
    expect([...(palette?.palette ?? [])]).toEqual(colours.flat());
  });

  test('of more than 256 colours is none', () => {
    const many = drawing(300, 1, (x) => [(x % 16) * 17, (Math.floor(x / 16) % 16) * 17, x > 255 ? 255 : 0]);
    expect(palettePicture(many, false)).toBeNull();
  });

  test('is made coarser where most of it is paper, and not where it may be a photograph', () => {
    const shades = (paper: number) => drawing(100, 100, (x, y) => grey(x < paper ? 255 : (x * y) % 255));
    expect(palettePicture(shades(80), true)?.palette.length).toBeLessThanOrEqual(4 * 3);
    expect(palettePicture(shades(10), true)?.palette.length).toBeGreaterThan(4 * 3);
  });
});

describe('the picture of a page', () => {
  test('is a palette where that is smaller, and unpacks to its rows', async () => {
    const page = drawing(64, 64, (x) => grey(x === 9 ? 0 : 255));
    const { packed, bytes } = await pagePicture(segmentCodec, page, sharp);
    expect(packed).toMatchObject({ as: 'FlateDecode', bits: 1 });
    expect(inflateSync(bytes).length).toBe(8 * 64);
  });

  test('is a JPEG where that is smaller', async () => {
    const random = randomOf(7);
    const noise = drawing(256, 256, () => grey(Math.floor(random() * 16) * 17));
    expect((await pagePicture(segmentCodec, noise, sharp)).packed).toMatchObject({ as: 'DCTDecode', components: 1 });
  });

  test('is refused where its codec adds something to the JPEG', async () => {
    const codec = {
      ...segmentCodec,
      encode: async () => Uint8Array.from([...(await segmentCodec.encode(noise, 'image/jpeg', 1)), 1]),
    };
    const noise = drawing(64, 64, (x, y) => [x * 4, y * 4, (x * y) % 256]);
    await expect(pagePicture(codec, noise, sharp)).rejects.toMatchObject({ refusal: { code: 'copy-not-clean' } });
  });
});
