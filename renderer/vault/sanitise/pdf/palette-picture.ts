import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Drawing } from '../pdfium/draw-page.ts';

/** Indices into a palette of at most 256 colours, packed, each row from a new byte (ISO 32000-1, 8.6.6.3 and 8.9.3). */
export interface PalettePicture {
  readonly bits: 1 | 2 | 4 | 8;
  /** Red, green and blue of each colour. */
  readonly palette: Bytes;
  readonly rows: Bytes;
}

/** Of each colour: black and white stay what they are, and what lies between is told apart well enough to read. */
const levels = 16;
const mostColours = 256;
const step = 255 / (levels - 1);
const levelOf = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / step));

const bitsFor = (colours: number) => (colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8);

/** The colour of each pixel as its place in the palette, or nothing if there are too many. */
function countColours({ pixels, width, height }: Drawing) {
  const places = new Int16Array(levels ** 3).fill(-1);
  const colours: number[] = [];
  const indices = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < indices.length; pixel += 1, at += 4) {
    const red = levelOf[pixels[at] ?? 0] ?? 0;
    const green = levelOf[pixels[at + 1] ?? 0] ?? 0;
    const blue = levelOf[pixels[at + 2] ?? 0] ?? 0;
    const colour = (red * levels + green) * levels + blue;
    let place = places[colour] ?? 0;
    if (place < 0) {
      place = colours.length;
      if (place === mostColours) return null;
      places[colour] = place;
      colours.push(colour);
    }
    indices[pixel] = place;
  }
  const parts = colours.flatMap((colour) => [colour >> 8, (colour >> 4) & 15, colour & 15]);
  return { palette: Uint8Array.from(parts, (level) => Math.round(level * step)), indices };
}

/** A drawing of few colours, as typed and drawn pages are: smaller than a JPEG of it, and sharper. */
export function palettePicture(drawing: Drawing): PalettePicture | null {
  const counted = countColours(drawing);
  if (!counted) return null;
  const { palette, indices } = counted;
  const { width, height } = drawing;
  const bits = bitsFor(palette.length / 3);
  if (bits === 8) return { bits, palette, rows: indices };
  const perByte = 8 / bits;
  const rowLength = Math.ceil(width / perByte);
  const rows = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * rowLength + Math.floor(x / perByte);
      const shift = (perByte - 1 - (x % perByte)) * bits;
      rows[at] = (rows[at] ?? 0) | ((indices[y * width + x] ?? 0) << shift);
    }
  }
  return { bits, palette, rows };
}
