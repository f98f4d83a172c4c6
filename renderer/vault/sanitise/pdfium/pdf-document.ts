import type { Bytes } from '#shared/crypto/encoding.ts';
import { CannotStrip } from '../strip.ts';
import type { Container } from './container.ts';

/** A document that a container holds: the only one, for as long as there is the container. */
export interface PdfDocument {
  readonly container: Container;
  readonly pointer: number;
  /** What draws the fields of forms. Nothing of it is ever asked to run an action. */
  readonly form: number;
  readonly pages: number;
}

/** As `FPDF_GetLastError` says it (fpdfview.h). */
const needsPassword = 4;
const unknownSecurity = 5;

/** @throws CannotStrip */
export function openDocument(container: Container, bytes: Bytes): PdfDocument {
  const { pdfium, refuseStarved } = container;
  const pointer = pdfium.FPDF_LoadMemDocument(container.put(bytes), bytes.length, '');
  if (pointer === 0) {
    refuseStarved();
    const why = pdfium.FPDF_GetLastError();
    throw new CannotStrip(why === needsPassword || why === unknownSecurity ? 'pdf-protected' : 'pdf-damaged');
  }
  const form = pdfium.PDFiumExt_InitFormFillEnvironment(pointer, pdfium.PDFiumExt_OpenFormFillInfo());
  // Fields look as they were filled in, not as they are highlighted for filling in.
  pdfium.FPDF_SetFormFieldHighlightAlpha(form, 0);
  return { container, pointer, form, pages: pdfium.FPDF_GetPageCount(pointer) };
}

/** A page, for as long as it is used. After a failure nothing is closed: the container may be past answering. @throws CannotStrip */
export async function withPage<Used>(
  { container: { pdfium, refuseStarved }, pointer }: PdfDocument,
  index: number,
  use: (page: number) => Promise<Used> | Used,
): Promise<Used> {
  const page = pdfium.FPDF_LoadPage(pointer, index);
  if (page === 0) {
    refuseStarved();
    throw new CannotStrip('pdf-damaged');
  }
  const used = await use(page);
  pdfium.FPDF_ClosePage(page);
  return used;
}
