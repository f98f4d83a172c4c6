import type { Bytes } from '#shared/crypto/encoding.ts';
import { bareJpeg, isInvertedJpeg, jpegSize } from './jpeg.ts';
import { jpegOrientation } from './jpeg-orientation.ts';
import { type PicturePage, writePicturePdf } from './pdf/write-picture-pdf.ts';
import { inContainer } from './pdfium/container.ts';
import { type Drawing, drawPage, pixelsAt } from './pdfium/draw-page.ts';
import { openDocument, withPage } from './pdfium/pdf-document.ts';
import { CannotStrip } from './strip.ts';

/**
 * How a picture lies upright on its page, by how the camera was held: rows of a matrix that turns and mirrors a picture of one
 * by one (ISO 32000-1, 8.3.4; CIPA DC-008, 4.6.5).
 */
const matrices: Readonly<Record<number, NonNullable<PicturePage['turned']>>> = {
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
};

/** From here on width and height change places. */
const firstOnItsSide = 5;
const nothing = 0;

/** A picture that decodes covers its page; of one that does not, the page stays empty. */
const isEmpty = ({ pixels }: Drawing): boolean => pixels[3] === 0 && pixels.at(-1) === 0;

/**
 * Draws a JPEG in the container, as the one picture of a page: PDFium decodes it row by row and scales it down meanwhile, so
 * that what its header claims takes no memory. Only what the image is decoded from gets there.
 * @throws CannotStrip
 */
export async function decodeJpeg<Used>(
  bytes: Bytes,
  use: (drawing: Drawing, scaled: boolean) => Promise<Used>,
): Promise<Used> {
  const { width, height, components } = jpegSize(bytes);
  const orientation = jpegOrientation(bytes);
  const size = orientation < firstOnItsSide ? { width, height } : { width: height, height: width };
  const turned = matrices[orientation];
  const packed = { as: 'DCTDecode', components, inverted: isInvertedJpeg(bytes) } as const;
  const page: PicturePage = {
    size,
    picture: { width, height, bytes: bareJpeg(bytes), packed },
    ...(turned && { turned }),
  };
  const pixels = pixelsAt(size, 1);
  return inContainer((container) => {
    const document = openDocument(container, writePicturePdf([page]));
    return withPage(document, 0, (at) =>
      drawPage(document, at, pixels, nothing, (drawing) => {
        if (isEmpty(drawing)) throw new CannotStrip('picture-undecodable');
        return use(drawing, pixels.width < size.width);
      }),
    );
  });
}
