import { deflateSync } from 'node:zlib';

/* PDFs written by hand, as an attacker would: nothing here minds whether they are right. */

export type Part = string | Uint8Array;

export const bytesOf = (...parts: readonly Part[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

export const stream = (dictionary: string, body: Part = ''): Buffer =>
  bytesOf(`<< ${dictionary} /Length ${body.length} >>\nstream\n`, body, '\nendstream');

export const packed = (body: Part, dictionary = ''): Buffer =>
  stream(`${dictionary} /Filter /FlateDecode`, deflateSync(bytesOf(body)));

/** Objects from number 1, without a table of where they are: readers look for them. The first is the catalogue. */
export function pdfOf(objects: readonly Part[], trailer = ''): Buffer {
  const numbered = objects.flatMap((object, index) => [`${index + 1} 0 obj\n`, object, '\nendobj\n']);
  return bytesOf(
    '%PDF-1.7\n',
    ...numbered,
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n0\n%%EOF\n`,
  );
}

export interface PageParts {
  readonly resources?: string;
  /** Object 4. */
  readonly content?: Part;
  /** Of the page's own dictionary. */
  readonly page?: string;
  readonly catalogue?: string;
  /** From object 5. */
  readonly more?: readonly Part[];
  readonly box?: string;
  readonly trailer?: string;
}

/** One page of 200 by 200 points. */
export const pageOf = (parts: PageParts): Buffer =>
  pdfOf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${parts.catalogue ?? ''} >>`,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox ${parts.box ?? '[0 0 200 200]'} /Resources << ${parts.resources ?? ''} >> /Contents 4 0 R ${parts.page ?? ''} >>`,
      parts.content ?? stream(''),
      ...(parts.more ?? []),
    ],
    parts.trailer,
  );

/** A page that shows one picture, which is object 5. */
export const picturePage = (dictionary: string, body: Part, ...more: readonly Part[]): Buffer =>
  pageOf({
    resources: '/XObject << /X 5 0 R >>',
    content: stream('', 'q 200 0 0 200 0 0 cm /X Do Q'),
    more: [stream(`/Type /XObject /Subtype /Image ${dictionary}`, body), ...more],
  });
