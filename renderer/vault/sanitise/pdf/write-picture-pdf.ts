import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import type { PageSize } from '../pdfium/draw-page.ts';
import type { PdfPicture } from './page-picture.ts';

/** A page that is one picture. */
export interface PicturePage {
  /** In points. */
  readonly size: PageSize;
  readonly picture: PdfPicture;
  /** Of a picture of one by one onto a page of one by one (ISO 32000-1, 8.3.4): how it is turned. */
  readonly turned?: readonly [number, number, number, number, number, number];
}

const upright = [1, 0, 0, 1, 0, 0] as const;
const objectsOfPage = 3;
const spaces: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' };

const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const points = (value: number): string => String(Math.round(value * 100) / 100);

function coloursOf({ packed }: PdfPicture): string {
  if (packed.as === 'FlateDecode') {
    const last = packed.palette.length / 3 - 1;
    return `/ColorSpace [/Indexed /DeviceRGB ${last} <${hex(packed.palette)}>] /BitsPerComponent ${packed.bits}`;
  }
  const decode = packed.inverted ? ` /Decode [${'1 0 '.repeat(packed.components).trim()}]` : '';
  return `/ColorSpace ${spaces[packed.components] ?? '/DeviceRGB'} /BitsPerComponent 8${decode}`;
}

const stream = (dictionary: string, bytes: Bytes): Bytes =>
  concat(utf8(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`), bytes, utf8('\nendstream'));

/** The page, how its picture lies on it, and the picture. @param number of the first of them */
function pageObjects({ size, picture, turned = upright }: PicturePage, number: number): readonly Bytes[] {
  const [width, height] = [points(size.width), points(size.height)];
  const matrix = turned.map((value, index) => points(value * (index % 2 === 0 ? size.width : size.height))).join(' ');
  const image = `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} ${coloursOf(picture)}`;
  return [
    utf8(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /XObject << /P ${number + 2} 0 R >> >> /Contents ${number + 1} 0 R >>`,
    ),
    stream('', utf8(`q ${matrix} cm /P Do Q`)),
    stream(`${image} /Filter /${picture.packed.as}`, picture.bytes),
  ];
}

/**
 * A PDF of pictures and nothing else: no dates, no names, no number that tells one from another. It is written here and not
 * by PDFium, which adds its name, the time and an id. Nothing of a file is read for it.
 */
export function writePicturePdf(pages: readonly PicturePage[]): Bytes {
  const numbers = pages.map((_, index) => 3 + index * objectsOfPage);
  const objects = [
    utf8('<< /Type /Catalog /Pages 2 0 R >>'),
    utf8(`<< /Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pages.length} >>`),
    ...pages.flatMap((page, index) => pageObjects(page, 3 + index * objectsOfPage)),
  ];
  const parts = [utf8('%PDF-1.4\n')];
  let length = parts[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const whole = concat(utf8(`${index + 1} 0 obj\n`), object, utf8('\nendobj\n'));
    parts.push(whole);
    length += whole.length;
    return length - whole.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  parts.push(utf8(`xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\n`));
  return concat(...parts, utf8(`startxref\n${length}\n%%EOF\n`));
}
