import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { foundInJpeg } from '#renderer/vault/sanitise/jpeg.ts';
import { inContainer } from '#renderer/vault/sanitise/pdfium/container.ts';
import { drawPage, pageSize, pixelsAt } from '#renderer/vault/sanitise/pdfium/draw-page.ts';
import { openDocument, withPage } from '#renderer/vault/sanitise/pdfium/pdf-document.ts';
import { browserCodec } from '#renderer/vault/sanitise/picture-codec.ts';
import { foundInPng } from '#renderer/vault/sanitise/png.ts';
import type { PictureType, Strip } from '#renderer/vault/sanitise/strip.ts';
import { createStrip } from '#renderer/vault/sanitise/strip-file.ts';
import { stripInWorker } from '#renderer/vault/sanitise/strip-in-worker.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { planted, tellingJpeg, tellingPdf, tellingPng } from '#tests/support/telling-files.ts';

/* Real pictures, decoded and encoded by the engine that the product runs in. */

type Colour = readonly [number, number, number, number];

/** 64 by 48 pixels: red on the left, half transparent blue on the right. */
async function drawn(type: PictureType): Promise<Bytes> {
  const canvas = new OffscreenCanvas(64, 48);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, 32, 48);
  context.fillStyle = type === 'image/png' ? 'rgb(0 0 255 / 50%)' : 'rgb(0 0 255)';
  context.fillRect(32, 0, 32, 48);
  return new Uint8Array(await (await canvas.convertToBlob({ type, quality: 1 })).arrayBuffer());
}

async function pixels(type: string, bytes: Bytes) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data] as unknown as Colour;
  return { width: bitmap.width, height: bitmap.height, at };
}

const nearly = (one: Colour, other: Colour) =>
  expect(
    one.every((part, index) => Math.abs(part - (other[index] ?? 0)) < 12),
    `${one} like ${other}`,
  ).toBe(true);
const textOf = (bytes: Bytes): string => new TextDecoder('latin1').decode(bytes);

async function stripped(strip: Strip, type: Attachment['type'], bytes: Bytes) {
  const result = await strip(type, bytes);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** The pixels of the first page, at one a point. */
const shownBy = (pdf: Bytes) =>
  inContainer((container) => {
    const document = openDocument(container, pdf);
    return withPage(document, 0, (page) =>
      drawPage(document, page, pixelsAt(pageSize(document, page), 1), 0xffffffff, async ({ width, pixels }) => {
        const kept = pixels.slice();
        return (x: number, y: number) => [...kept.subarray((y * width + x) * 4).subarray(0, 4)] as unknown as Colour;
      }),
    );
  });

const strips: readonly [string, Strip][] = [
  ['here', createStrip(browserCodec)],
  ['in a worker of its own, as in the product', stripInWorker],
];

describe.each(strips)('%s', (_, strip) => {
  test('a JPEG is set upright, and says neither where nor with what it was taken', async () => {
    const telling = tellingJpeg(await drawn('image/jpeg'));
    expect(foundInJpeg(telling)).toEqual({ metadata: true, appended: true });
    const { bytes, type, removed } = await stripped(strip, 'image/jpeg', telling);
    expect([type, removed]).toEqual(['image/jpeg', ['encoding', 'metadata', 'appended']]);
    expect(foundInJpeg(bytes)).toEqual({ metadata: false, appended: false });
    expect(textOf(bytes)).not.toMatch(/planted|Exif|ICC_PROFILE|Adobe/);
    const { width, height, at } = await pixels(type, bytes);
    // Exif says that it was taken with the camera turned: what was left is now on top.
    expect([width, height]).toEqual([48, 64]);
    nearly(at(24, 8), [255, 0, 0, 255]);
    nearly(at(24, 56), [0, 0, 255, 255]);
  });

  test('a PNG keeps its transparency, and nothing that was written into it', async () => {
    const telling = tellingPng(await drawn('image/png'));
    expect(foundInPng(telling)).toEqual({ metadata: true, appended: true });
    const { bytes, type, removed } = await stripped(strip, 'image/png', telling);
    expect([type, removed]).toEqual(['image/png', ['encoding', 'metadata', 'appended']]);
    expect(foundInPng(bytes)).toEqual({ metadata: false, appended: false });
    expect(textOf(bytes)).not.toContain(planted);
    const { at } = await pixels(type, bytes);
    // The Exif of a PNG turns it as well.
    nearly(at(8, 8), [255, 0, 0, 255]);
    nearly(at(40, 56), [0, 0, 255, 128]);
  });

  test('a PDF becomes a picture of its page, with the photograph and the text on it', async () => {
    const telling = await tellingPdf(tellingJpeg(await drawn('image/jpeg')));
    const { bytes, removed } = await stripped(strip, 'application/pdf', telling);
    expect(removed).toEqual(expect.arrayContaining(['encoding', 'scripts', 'embeddedFiles', 'text']));
    expect(textOf(bytes)).not.toMatch(/planted|Exif|xmpmeta/);
    const [page] = (await PDFDocument.load(bytes)).getPages();
    expect([page?.getWidth(), page?.getHeight()]).toEqual([300, 200]);
    const at = await shownBy(bytes);
    // The photograph lies 20 points from the left, and its lower half under the field of a form.
    nearly(at(30, 140), [255, 0, 0, 255]);
    nearly(at(70, 140), [0, 0, 255, 255]);
    nearly(at(200, 100), [255, 255, 255, 255]);
  });

  test('what is no picture is refused in words', async () => {
    const broken = (await drawn('image/png')).fill(0, 45, 60);
    expect(await strip('image/png', broken)).toEqual({ ok: false, error: { code: 'picture-undecodable', params: {} } });
  });
});

test('a transparent picture that becomes a JPEG is white behind', async () => {
  const jpeg = await browserCodec.reencode(await drawn('image/png'), 'image/jpeg', 0.9);
  expect(foundInJpeg(jpeg)).toEqual({ metadata: false, appended: false });
  nearly((await pixels('image/jpeg', jpeg)).at(48, 24), [128, 128, 255, 255]);
});
