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
const fine = 16;
const coarse = 4;
const mostColours = 256;
/** Of a page that is typed or drawn most is paper. */
const leastPaper = 0.6;

interface Counted {
  readonly palette: Bytes;
  /** Of each pixel. */
  readonly places: Bytes;
  /** The part of the picture that has the colour which most of it has. */
  readonly paper: number;
}

const bitsFor = (colours: number) => (colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8);

/** The colour of each pixel as its place in the palette, or nothing if there are too many. */
function countColours({ pixels, width, height }: Drawing, levels: number): Counted | null {
  const step = 255 / (levels - 1);
  const levelOf = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / step));
  const placeOf = new Int16Array(levels ** 3).fill(-1);
  const counts = new Uint32Array(mostColours);
  const colours: number[] = [];
  const places = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < places.length; pixel += 1, at += 4) {
    const red = levelOf[pixels[at] ?? 0] ?? 0;
    const green = levelOf[pixels[at + 1] ?? 0] ?? 0;
    const blue = levelOf[pixels[at + 2] ?? 0] ?? 0;
    const colour = (red * levels + green) * levels + blue;
    let place = placeOf[colour] ?? 0;
    if (place < 0) {
      place = colours.length / 3;
      if (place === mostColours) return null;
      placeOf[colour] = place;
      colours.push(red, green, blue);
    }
    places[pixel] = place;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const palette = Uint8Array.from(colours, (level) => Math.round(level * step));
  return { palette, places, paper: Math.max(...counts) / places.length };
}

function pack({ palette, places }: Counted, width: number, height: number): PalettePicture {
  const bits = bitsFor(palette.length / 3);
  if (bits === 8) return { bits, palette, rows: places };
  const perByte = 8 / bits;
  const rowLength = Math.ceil(width / perByte);
  const rows = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * rowLength + Math.floor(x / perByte);
      const shift = (perByte - 1 - (x % perByte)) * bits;
      rows[at] = (rows[at] ?? 0) | ((places[y * width + x] ?? 0) << shift);
    }
  }
  return { bits, palette, rows };
}

/**
 * A drawing of few colours, as typed and drawn pages are: smaller than a JPEG of it, and sharper.
 * @param isCoarse with fewer shades, for a page that is mostly paper: of a photograph too little would be left
 */
export function palettePicture(drawing: Drawing, isCoarse: boolean): PalettePicture | null {
  const { width, height } = drawing;
  const counted = countColours(drawing, fine);
  if (!counted) return null;
  const fewer = isCoarse && counted.paper >= leastPaper ? countColours(drawing, coarse) : null;
  return pack(fewer ?? counted, width, height);
}
