import type { Bytes } from '#shared/crypto/encoding.ts';
import { inContainer } from '../pdfium/container.ts';
import { openDocument } from '../pdfium/pdf-document.ts';
import { type LeftInCopy, notClean } from '../strip.ts';
import { foundInDocument, isOnePicture } from './found-in-pdf.ts';

const leftAs = {
  documentProperties: 'document-properties',
  earlierVersions: 'earlier-version',
  embeddedFiles: 'embedded-file',
  formFields: 'form',
  scripts: 'script',
  signatures: 'signature',
  structure: 'structure',
} as const satisfies Readonly<Record<string, LeftInCopy>>;

const isLeft = (kind: string): kind is keyof typeof leftAs => kind in leftAs;

/**
 * Reads a finished copy in a container that never saw the original: so many pages, each one picture and nothing else.
 * @throws CannotStrip
 */
export const checkCopy = (copy: Bytes, pages: number): Promise<void> =>
  inContainer(async (container) => {
    const document = openDocument(container, copy);
    for (const kind of foundInDocument(document)) {
      if (isLeft(kind)) throw notClean(leftAs[kind]);
    }
    if (document.pages !== pages) throw notClean('other-pages');
    for (let index = 0; index < pages; index += 1) {
      if (!(await isOnePicture(document, index))) throw notClean('beside-picture');
    }
  });
