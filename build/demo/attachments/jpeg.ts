import type { Random } from '../random.ts';

/** Blocks of 8 by 8 pixels. */
const [across, down] = [16, 12];

/**
 * A blurred photograph of a street at night, in grey: a baseline JPEG (ITU-T T.81) in which each block has only its
 * mean. That needs two tiny Huffman tables and no cosine transform, and any decoder reads it.
 */
export function drawStreetAtNight(random: Random): Buffer {
  const horizon = random.int(4, 7);
  const lamps = Array.from({ length: random.int(2, 5) }, () => random.int(0, across - 1));
  const shade = (x: number, y: number) => {
    if (y === horizon - 2 && lamps.includes(x)) return 235;
    return (y < horizon ? 30 + y * 5 : 80 - (y - horizon) * 6) + random.int(0, 12);
  };
  const blocks = Array.from({ length: across * down }, (_, at) => shade(at % across, Math.floor(at / across)));
  return encodeBlocks({ width: across * 8, height: down * 8, shades: blocks });
}

interface Shades {
  readonly width: number;
  readonly height: number;
  /** From 0 to 255, one for each block of 8 by 8, row by row. */
  readonly shades: readonly number[];
}

/** A grey JPEG of blocks. */
export const encodeBlocks = ({ width, height, shades }: Shades): Buffer =>
  Buffer.concat([head(width, height), scan(shades), Buffer.from([0xff, 0xd9])]);

const segment = (marker: number, bytes: readonly number[]) =>
  Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes]);

/** Symbols 0 to 11 (how many bits a difference has), each with a code of 4 bits. */
const differenceSymbols = Array.from({ length: 12 }, (_, symbol) => symbol);

function head(width: number, height: number): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Quantiser 8 throughout, so that a coded mean is the pixel value less 128.
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...[0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ...differenceSymbols]),
    segment(0xc4, [0x10, ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0x00]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
  ]);
}

function scan(blocks: readonly number[]): Buffer {
  const means = blocks.map((value) => value - 128);
  const bits = means.map((mean, index) => codeOf(mean - (means[index - 1] ?? 0))).join('');
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  // A byte of all ones is followed by a zero, or it would look like a marker.
  const bytes = (padded.match(/.{8}/g) ?? []).flatMap((byte) =>
    byte === '11111111' ? [0xff, 0] : [Number.parseInt(byte, 2)],
  );
  return Buffer.from(bytes);
}

/** Number of bits, the difference (negative ones less one), and the end of the block. */
function codeOf(difference: number): string {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const value = difference < 0 ? difference + 2 ** size - 1 : difference;
  const endOfBlock = '0';
  return size.toString(2).padStart(4, '0') + (size === 0 ? '' : value.toString(2).padStart(size, '0')) + endOfBlock;
}
