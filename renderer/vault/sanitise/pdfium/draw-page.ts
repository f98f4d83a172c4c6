import type { Bytes } from '#shared/crypto/encoding.ts';
import { CannotStrip } from '../strip.ts';
import type { PdfDocument } from './pdf-document.ts';

/** What a page shows. Red, green, blue and alpha, row by row from the top. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Of the container's memory: they hold until PDFium is called again. */
  readonly pixels: Bytes;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** fpdfview.h: annotations as they appear, and red before blue. */
const flags = 0x01 | 0x10;

/** Of pixels in one drawing: 64 MB, and an A2 page at 150 dpi. */
const mostPixels = 16_000_000;

/** In points, as the page is seen: turned, and cut to its crop box. @throws CannotStrip */
export function pageSize({ container: { pdfium } }: PdfDocument, page: number): PageSize {
  const width = pdfium.FPDF_GetPageWidthF(page);
  const height = pdfium.FPDF_GetPageHeightF(page);
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) throw new CannotStrip('pdf-damaged');
  return { width, height };
}

/** Pixels for a size at a scale, scaled down to fewer where that would be more than `mostPixels`. */
export function pixelsAt({ width, height }: PageSize, scale: number): PageSize {
  const held = Math.min(scale, Math.sqrt(mostPixels / (width * height)));
  const side = (points: number, other: number) =>
    Math.max(1, Math.min(Math.round(points * held), Math.floor(mostPixels / Math.max(1, Math.round(other * held)))));
  return { width: side(width, height), height: side(height, width) };
}

/**
 * Draws a page as it appears, with its annotations and what is filled in in its forms.
 * @param paper what stands behind, as alpha, red, green and blue
 * @throws CannotStrip
 */
export async function drawPage<Used>(
  { container, form }: PdfDocument,
  page: number,
  { width, height }: PageSize,
  paper: number,
  use: (drawing: Drawing) => Promise<Used>,
): Promise<Used> {
  const { pdfium, refuseStarved } = container;
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 1);
  if (bitmap === 0) {
    refuseStarved();
    throw new CannotStrip('pdf-damaged');
  }
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, paper);
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
  pdfium.FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags);
  // PDFium leaves out a picture for which there is no memory, and goes on.
  refuseStarved();
  const pixels = container.view(pdfium.FPDFBitmap_GetBuffer(bitmap), width * height * 4);
  const used = await use({ width, height, pixels });
  pdfium.FPDFBitmap_Destroy(bitmap);
  return used;
}
