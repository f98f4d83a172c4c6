import type { Bytes } from '#shared/crypto/encoding.ts';
import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import { inContainer } from '../pdfium/container.ts';
import { drawPage, pageSize, pixelsAt } from '../pdfium/draw-page.ts';
import { openDocument, type PdfDocument, withPage } from '../pdfium/pdf-document.ts';
import type { PictureCodec } from '../picture-codec.ts';
import { CannotStrip, type Stripped } from '../strip.ts';
import { checkCopy } from './check-copy.ts';
import { foundInDocument, foundOnPage } from './found-in-pdf.ts';
import { pagePicture, type Sharpness } from './page-picture.ts';
import { type PicturePage, writePicturePdf } from './write-picture-pdf.ts';

/** So many are drawn within the time that a file has. */
export const mostPages = 200;
const pointsInInch = 72;
const white = 0xffffffff;

/** From the sharpest to what can just be read. */
const lastRung: Sharpness = { dpi: 100, quality: 0.6, isCoarse: true };
const rungs: readonly Sharpness[] = [
  { dpi: 200, quality: 0.85, isCoarse: false },
  { dpi: 150, quality: 0.8, isCoarse: false },
  { dpi: 150, quality: 0.7, isCoarse: true },
  lastRung,
];

interface Copied {
  readonly pages: readonly PicturePage[];
  readonly found: ReadonlySet<RemovedKind>;
}

/** One page after the other, as sharply as its share of what a copy may hold allows. @throws CannotStrip */
async function copyPages(document: PdfDocument, codec: PictureCodec): Promise<Copied> {
  const pages: PicturePage[] = [];
  const found = new Set<RemovedKind>();
  let left: number = attachmentLimits.bytes;
  let rung = 0;
  for (let index = 0; index < document.pages; index += 1) {
    const share = left / (document.pages - index);
    await withPage(document, index, async (page) => {
      for (const kind of foundOnPage(document, page)) found.add(kind);
      const copied = await copyPage(document, codec, page, rung, share);
      pages.push({ size: pageSize(document, page), picture: copied.picture });
      left -= copied.picture.bytes.length;
      rung = copied.next;
    });
    if (left < 0) throw new CannotStrip('copy-too-large');
  }
  return { pages, found };
}

/**
 * @param rung that the page before it came to
 * @param share bytes; on the last rung a page may take more
 */
async function copyPage(document: PdfDocument, codec: PictureCodec, page: number, rung: number, share: number) {
  const sharpness = rungs[rung] ?? lastRung;
  const pixels = pixelsAt(pageSize(document, page), sharpness.dpi / pointsInInch);
  const picture = await drawPage(document, page, pixels, white, (drawing) => pagePicture(codec, drawing, sharpness));
  const taken = picture.bytes.length;
  if (taken > share && rung < rungs.length - 1) return copyPage(document, codec, page, rung + 1, share);
  // What a small page leaves is for those after it, which may be sharper again.
  return { picture, next: taken * 4 < share ? Math.max(0, rung - 1) : rung };
}

/** Each page becomes a picture of what it shows; nothing else of the document is copied. @throws CannotStrip */
export async function stripPdf(codec: PictureCodec, bytes: Bytes): Promise<Stripped> {
  const { pages, found } = await inContainer(async (container) => {
    const document = openDocument(container, bytes);
    if (document.pages < 1) throw new CannotStrip('pdf-damaged');
    if (document.pages > mostPages) throw new CannotStrip('pdf-too-long', { pages: document.pages, mostPages });
    const beside = foundInDocument(document);
    const copied = await copyPages(document, codec);
    return { pages: copied.pages, found: [...beside, ...copied.found] };
  });
  const copy = writePicturePdf(pages);
  await checkCopy(copy, pages.length);
  const removed = new Set<RemovedKind>(['encoding', ...found]);
  return { type: 'application/pdf', bytes: copy, removed: [...removed] };
}
