import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import { CannotStrip, type Stripped } from '../strip.ts';
import { checkPdf } from './check-pdf.ts';
import { loadPdf, timesSaved } from './load-pdf.ts';
import { bareStream } from './stream-pictures.ts';
import { isNamed, nameOf, walkDrawing } from './walk-drawing.ts';

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
function foundInPdf({ context }: PDFDocument): ReadonlySet<RemovedKind> {
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

const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map((key) => PDFName.of(key));

/** In place of a colour profile: what it stands in for, or the plain colours of as many components. */
function toPlainColours(array: PDFArray): void {
  const profile = array.size() > 1 ? array.lookup(1) : undefined;
  const dict = profile instanceof PDFRawStream ? profile.dict : undefined;
  const alternate = dict?.lookup(PDFName.of('Alternate'));
  const count = dict?.lookup(PDFName.of('N'));
  const components = count instanceof PDFNumber ? count.asNumber() : 3;
  const plain = { 1: 'DeviceGray', 4: 'DeviceCMYK' }[components] ?? 'DeviceRGB';
  const stand =
    alternate instanceof PDFArray && alternate !== array && !isNamed(alternate.lookup(0), 'ICCBased')
      ? alternate.asArray()
      : [alternate instanceof PDFName ? alternate : PDFName.of(plain)];
  while (array.size() > 0) array.remove(0);
  for (const each of stand) array.push(each);
}

/** Leaves of a page what it is drawn from. Returns whether a picture on it held metadata. @throws CannotStrip */
function cleanPage({ node }: PDFPage): boolean {
  let metadata = false;
  // What stands further up in the tree of pages would otherwise be copied as it is.
  for (const key of inherited) {
    const value = node.getInheritableAttribute(key);
    if (value) node.set(key, value);
  }
  walkDrawing(node.context, node, {
    entry: (dict, key, hollow) => {
      if (hollow) dict.set(key, PDFDict.withContext(node.context));
      else dict.delete(key);
    },
    text: (array, index) => array.set(index, PDFNull),
    profile: toPlainColours,
    stream: (stream) => {
      metadata = bareStream(stream) || metadata;
    },
  });
  return metadata;
}

function pagesOf(document: PDFDocument): readonly PDFPage[] {
  const pages = document.getPages();
  const declared = document.catalog.Pages().Count().asNumber();
  // A page that is not recognised as one must not go missing unsaid.
  if (pages.length === 0 || pages.length !== declared) {
    throw new CannotStrip('pdf-pages-differ');
  }
  return pages;
}

/**
 * A new document of the pages alone. Only what a page is drawn from is copied, so that earlier versions and everything
 * that no page needs stay behind. No producer and no date: the same file gives the same copy. @throws CannotStrip
 */
export async function stripPdf(bytes: Bytes): Promise<Stripped> {
  const source = await loadPdf(bytes);
  const found = new Set<RemovedKind>(foundInPdf(source));
  if (timesSaved(bytes) > 1) found.add('earlierVersions');
  const pages = pagesOf(source);
  for (const page of pages) if (cleanPage(page)) found.add('metadata');
  const copy = await PDFDocument.create({ updateMetadata: false });
  for (const page of await copy.copyPages(source, [...pages.keys()])) copy.addPage(page);
  const options = { useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false };
  const stripped = new Uint8Array(await copy.save(options));
  await checkPdf(stripped);
  return { type: 'application/pdf', bytes: stripped, removed: [...found] };
}
