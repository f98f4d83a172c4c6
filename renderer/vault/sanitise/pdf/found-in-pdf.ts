import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import { type PdfDocument, withPage } from '../pdfium/pdf-document.ts';

/** fpdf_annot.h: what a form's field is on a page. */
const widget = 20;
const none = 0;

/** PDFium's answer to how many bytes a text takes: two for the nought that ends it. */
const isText = (bytes: number): boolean => bytes > 2;
const properties = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate'];

/** What the document holds beside its pages. */
export function foundInDocument({ container: { pdfium, put }, pointer }: PdfDocument): ReadonlySet<RemovedKind> {
  const says = (tag: string): boolean => isText(pdfium.FPDF_GetMetaText(pointer, tag, none, 0));
  const ends = put(new Uint8Array(2 * Uint32Array.BYTES_PER_ELEMENT));
  const found: Readonly<Partial<Record<RemovedKind, boolean>>> = {
    documentProperties:
      pdfium.EPDF_GetMetaKeyCount(pointer, false) > 0 ||
      properties.some(says) ||
      pdfium.FPDF_GetFileIdentifier(pointer, 0, none, 0) > 0,
    earlierVersions: pdfium.FPDF_GetTrailerEnds(pointer, ends, 2) > 1,
    embeddedFiles: pdfium.FPDFDoc_GetAttachmentCount(pointer) > 0,
    scripts: pdfium.FPDFDoc_GetJavaScriptActionCount(pointer) > 0 || pdfium.FPDF_GetXFAPacketCount(pointer) > 0,
    signatures: pdfium.FPDF_GetSignatureCount(pointer) > 0,
    structure:
      pdfium.FPDFBookmark_GetFirstChild(pointer, none) !== none ||
      pdfium.FPDF_CountNamedDests(pointer) > 0 ||
      pdfium.FPDFCatalog_IsTagged(pointer),
    formFields: pdfium.FPDF_GetFormType(pointer) !== none,
  };
  return new Set((Object.keys(found) as RemovedKind[]).filter((kind) => found[kind]));
}

/** What a page holds beside what it shows, or as more than it shows. */
export function foundOnPage(document: PdfDocument, page: number): ReadonlySet<RemovedKind> {
  const { pdfium } = document.container;
  const found = new Set<RemovedKind>();
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count && found.size < 2; index += 1) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index);
    found.add(annotation !== none && pdfium.FPDFAnnot_GetSubtype(annotation) === widget ? 'formFields' : 'annotations');
    if (annotation !== none) pdfium.FPDFPage_CloseAnnot(annotation);
  }
  if (hasText(document, page)) found.add('text');
  return found;
}

function hasText({ container: { pdfium } }: PdfDocument, page: number): boolean {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === none) return false;
  const characters = pdfium.FPDFText_CountChars(text);
  pdfium.FPDFText_ClosePage(text);
  return characters > 0;
}

/** fpdf_edit.h */
const image = 3;

/** Whether a page is one picture and nothing else. */
export const isOnePicture = (document: PdfDocument, index: number): Promise<boolean> =>
  withPage(document, index, (page) => {
    const { pdfium } = document.container;
    if (pdfium.FPDFPage_CountObjects(page) !== 1 || foundOnPage(document, page).size > 0) return false;
    if (pdfium.FPDFPage_GetThumbnailAsBitmap(page) !== none) return false;
    return pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, 0)) === image;
  });
