import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import { nameOf } from './walk-drawing.ts';

/** The keys by which it is known that a PDF holds something that the copy leaves out. */
const kindOfKey: ReadonlyMap<string, RemovedKind> = new Map([
  ['Metadata', 'documentProperties'],
  ['LastModified', 'documentProperties'],
  ['PieceInfo', 'applicationData'],
  ['EF', 'embeddedFiles'],
  ['EmbeddedFiles', 'embeddedFiles'],
  ['AF', 'embeddedFiles'],
  ['JS', 'scripts'],
  ['JavaScript', 'scripts'],
  ['OpenAction', 'scripts'],
  ['AA', 'scripts'],
  ['Annots', 'annotations'],
  ['AcroForm', 'formFields'],
  ['StructTreeRoot', 'structure'],
  ['Outlines', 'structure'],
  ['OCProperties', 'layers'],
  ['Thumb', 'metadata'],
]);

/** What the document holds anywhere, used or not. */
export function foundInPdf({ context }: PDFDocument): ReadonlySet<RemovedKind> {
  const found = new Set<RemovedKind>();
  const info = context.lookup(context.trailerInfo.Info);
  if (info instanceof PDFDict && info.entries().length > 0) found.add('documentProperties');
  const todo: PDFObject[] = context.enumerateIndirectObjects().map(([, object]) => object);
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next instanceof PDFArray) todo.push(...next.asArray());
    const dict = next instanceof PDFStream ? next.dict : next;
    if (!(dict instanceof PDFDict)) continue;
    for (const [key, value] of dict.entries()) {
      const kind = kindOfKey.get(nameOf(key));
      if (kind) found.add(kind);
      todo.push(value);
    }
  }
  return found;
}
