import type { Random } from '../random.ts';
import { encodePhotograph } from './block-jpeg.ts';
import { columnsOf } from './dot-font.ts';
import { noiseFrom } from './noise.ts';

/** Blocks of 8 by 8 pixels: A4 at 300 dots to the inch. */
const [across, down] = [310, 438];
const [left, top, lineHeight] = [22, 30, 14];
/** Characters in a line. */
const width = 47;

/** Typewritten pages as a scanner makes them: pictures, a little askew, on paper that is not quite white. */
export function scanPages(random: Random, pages: readonly (readonly string[])[]): Buffer {
  return bindPages(pages.map((lines) => scanPage(random, lines)));
}

function scanPage(random: Random, lines: readonly string[]): Buffer {
  const seed = random.int(1, 1_000_000);
  const noise = noiseFrom(seed);
  const askew = random.int(60, 110);
  const shades = new Uint8Array(across * down).map(() => 226 + (noise() % 9));
  const ink = (x: number, y: number) => {
    const shifted = y + Math.floor(x / askew);
    shades[shifted * across + x] = 40 + (noise() % 50);
  };
  for (const [row, line] of lines.entries()) {
    for (const [at, letter] of [...line.toUpperCase()].slice(0, width).entries()) {
      for (const [x, column] of columnsOf(letter).entries()) {
        for (let y = 0; y < 7; y++) if ((column >> y) & 1) ink(left + at * 6 + x, top + row * lineHeight + y);
      }
    }
  }
  return encodePhotograph({ across, down, shades }, seed, 2);
}

/** A PDF with a picture to a page. */
function bindPages(pictures: readonly Buffer[]): Buffer {
  const kids = pictures.map((_, at) => `${3 + at * 3} 0 R`).join(' ');
  const objects: (string | Buffer)[][] = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    [`<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`],
    ...pictures.flatMap((picture, at) => pageOf(picture, 3 + at * 3)),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const offsets = objects.map((object, at) => {
    const offset = length;
    const whole = Buffer.concat(
      [`${at + 1} 0 obj\n`, ...object, '\nendobj\n'].map((part) => Buffer.from(part as string, 'latin1')),
    );
    parts.push(whole);
    length += whole.length;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end, 'latin1')]);
}

/** The page, what is drawn on it, and the picture. */
function pageOf(picture: Buffer, first: number): (string | Buffer)[][] {
  const drawn = 'q 595 0 0 842 0 0 cm /Im0 Do Q';
  const resources = `/Resources << /XObject << /Im0 ${first + 2} 0 R >> >>`;
  return [
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents ${first + 1} 0 R >>`],
    [`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${across * 8} /Height ${down * 8} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length ${picture.length} >>\nstream\n`,
      picture,
      '\nendstream',
    ],
  ];
}
