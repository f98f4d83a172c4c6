import { PDFArray, PDFDict, type PDFRef } from '@cantoo/pdf-lib';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { type LeftInCopy, notClean } from '../strip.ts';
import { loadPdf } from './load-pdf.ts';
import { checkStream } from './stream-pictures.ts';
import { nameOf, walkDrawing } from './walk-drawing.ts';

const catalogKeys = ['Type', 'Pages'];
const treeKeys = ['Type', 'Kids', 'Count', 'Parent'];
/** How metadata begins wherever it hides: Exif, XMP, Photoshop. Looked for in the bytes, whatever the parser made of them. */
const beginnings = ['Exif\u0000\u0000', 'http://ns.adobe.com/xap/', '<x:xmpmeta', 'Photoshop 3.0\u0000'];

function left(what: LeftInCopy, key?: string): never {
  throw notClean(what, key);
}

function onlyKeys(dict: PDFDict, keys: readonly string[], what: LeftInCopy): void {
  if (!dict.keys().every((key) => keys.includes(nameOf(key)))) left(what);
}

/** Reads the finished copy as a stranger would, and looks for anything but pages. @throws CannotStrip */
export async function checkPdf(bytes: Bytes): Promise<void> {
  const text = new TextDecoder('latin1').decode(bytes);
  if (beginnings.some((beginning) => text.includes(beginning))) left('metadata');
  const { context, catalog } = await loadPdf(bytes);
  const { Info, ID, Encrypt, Root } = context.trailerInfo;
  if (Info || ID || Encrypt) left('document-properties');
  onlyKeys(catalog, catalogKeys, 'beside-pages');
  const reached = new Set<unknown>([Root]);

  // The copy's tree of pages is flat.
  const treeRef = catalog.get(catalog.keys().find((key) => nameOf(key) === 'Pages') ?? left('no-pages'));
  const tree = context.lookup(treeRef, PDFDict);
  onlyKeys(tree, treeKeys, 'beside-pages');
  reached.add(treeRef);
  const kids = tree.entries().find(([key]) => nameOf(key) === 'Kids')?.[1];
  if (!(kids instanceof PDFArray)) return left('no-pages');
  for (const ref of kids.asArray()) {
    const page = context.lookup(ref, PDFDict);
    const drawing = PDFDict.fromMapWithContext(
      new Map(page.entries().filter(([key]) => nameOf(key) !== 'Parent')),
      context,
    );
    const used = walkDrawing(context, drawing, {
      entry: (_, key) => left('page-key', nameOf(key)),
      text: () => left('beside-text'),
      profile: () => left('colour-profile'),
      stream: checkStream,
    });
    for (const each of [ref as PDFRef, ...used]) reached.add(each);
  }
  if (context.enumerateIndirectObjects().some(([ref]) => !reached.has(ref))) left('unused');
}
