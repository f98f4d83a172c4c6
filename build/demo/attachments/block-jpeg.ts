import { type Noise, noiseFrom } from './noise.ts';

/** Blocks of 8 by 8 pixels, row by row, each with the shade of its middle, from 0 to 255. */
export interface Blocks {
  readonly across: number;
  readonly down: number;
  readonly shades: Uint8Array;
}

/**
 * A grey photograph as a baseline JPEG (ITU-T T.81) in which each block has its mean, the slope to its neighbours and some grain. They
 * are written where the cosine transform would have them, so that none is computed: megapixels take a moment.
 * @param grain how many small coefficients a block has, up to 8
 */
export function encodePhotograph({ across, down, shades }: Blocks, seed: number, grain: number): Buffer {
  const bits = new BitWriter();
  const noise = noiseFrom(seed);
  const shadeAt = (x: number, y: number) =>
    shades[Math.min(Math.max(y, 0), down - 1) * across + Math.min(Math.max(x, 0), across - 1)] ?? 0;
  let before = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      // Quantised by 8, a mean is what the block's sum comes to.
      const mean = shadeAt(x, y) - 128;
      writeMean(bits, mean - before);
      before = mean;
      const slopes = [shadeAt(x + 1, y) - shadeAt(x - 1, y), shadeAt(x, y + 1) - shadeAt(x, y - 1)];
      writeDetail(bits, detailOf(slopes, noise, grain));
    }
  }
  return Buffer.concat([head(across * 8, down * 8), bits.end(), Buffer.from([0xff, 0xd9])]);
}

/** Coefficients after the mean, in the order of the zigzag. A slope of 16 from one neighbour to the other gives -2.28 (quantised by 8). */
function detailOf(slopes: readonly number[], noise: Noise, grain: number): number[] {
  const detail = slopes.map((slope) => Math.round((slope * -2.28) / 16));
  for (let at = 2; at < 2 + grain; at++) detail[at] = (noise() % 3) - 1;
  return detail;
}

/** How many bits a number has, and these: negative ones less one. */
const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));
const bitsOf = (value: number, size: number): number => (value < 0 ? value + 2 ** size - 1 : value);

/** Codes of 4 bits, one for each size. */
function writeMean(bits: BitWriter, difference: number): void {
  const size = sizeOf(difference);
  bits.write(size, 4);
  if (size > 0) bits.write(bitsOf(difference, size), size);
}

/** Symbols of a run of noughts and a size, as this table lists them, each with a code of 8 bits: its place. */
const symbols = [0x00, ...Array.from({ length: 16 * 10 }, (_, at) => (Math.floor(at / 10) << 4) | ((at % 10) + 1))];
const placeOf = (run: number, size: number): number => 1 + run * 10 + size - 1;
const endOfBlock = 0;

function writeDetail(bits: BitWriter, detail: readonly number[]): void {
  let run = 0;
  for (const value of detail) {
    if (value === 0) {
      run += 1;
      continue;
    }
    const size = sizeOf(value);
    bits.write(placeOf(run, size), 8);
    bits.write(bitsOf(value, size), size);
    run = 0;
  }
  bits.write(endOfBlock, 8);
}

class BitWriter {
  #bytes = Buffer.alloc(1 << 16);
  #length = 0;
  #held = 0;
  #count = 0;

  write(value: number, size: number): void {
    this.#held = (this.#held << size) | value;
    this.#count += size;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#put((this.#held >> this.#count) & 0xff);
      this.#held &= (1 << this.#count) - 1;
    }
  }

  /** A byte of all ones is followed by a nought, or it would look like a marker. */
  #put(byte: number): void {
    if (this.#length + 2 > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    this.#bytes[this.#length++] = byte;
    if (byte === 0xff) this.#bytes[this.#length++] = 0;
  }

  end(): Buffer {
    if (this.#count > 0) this.write((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }
}

const segment = (marker: number, bytes: readonly number[]) =>
  Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes]);

/** A Huffman table all of whose codes have one length. */
const table = (id: number, length: number, list: readonly number[]) =>
  segment(0xc4, [id, ...Array.from({ length: 16 }, (_, at) => (at === length - 1 ? list.length : 0)), ...list]);

const head = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    table(
      0x00,
      4,
      Array.from({ length: 12 }, (_, size) => size),
    ),
    table(0x10, 8, symbols),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
  ]);
