import { crc32 } from 'node:zlib';
import type { Random } from '../random.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [width, height] = [96, 160];

/** A picture like the screen of a telephone: speech bubbles left and right, with bars for the words. 4 colours, 2 bits. */
export function drawMessages(random: Random): Buffer {
  const pixels = Buffer.alloc(width * height, 0);
  const fill = (x: number, y: number, w: number, h: number, colour: number) => {
    for (let row = y; row < Math.min(y + h, height); row++) pixels.fill(colour, row * width + x, row * width + x + w);
  };
  for (let y = 6; y < height - 14; ) {
    const rows = random.int(1, 3);
    const mine = random.chance(0.5);
    const w = random.int(40, 70);
    const x = mine ? width - w - 5 : 5;
    fill(x, y, w, rows * 6 + 5, mine ? 1 : 2);
    for (let row = 0; row < rows; row++) fill(x + 4, y + 4 + row * 6, random.int(20, w - 8), 2, 3);
    y += rows * 6 + 5 + random.int(4, 9);
  }
  return encode(pixels);
}

function encode(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([2, 3, 0, 0, 0], 8);
  const palette = Buffer.from([0xec, 0xe5, 0xdd, 0xdc, 0xf8, 0xc6, 0xff, 0xff, 0xff, 0x30, 0x30, 0x30]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', storedZlib(packRows(pixels))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row begins with its filter, none; then four pixels to a byte. */
function packRows(pixels: Buffer): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width / 4);
    for (let x = 0; x < width; x++) {
      const at = 1 + (x >> 2);
      row[at] = (row[at] ?? 0) | ((pixels[y * width + x] ?? 0) << (6 - 2 * (x & 3)));
    }
    return row;
  });
  return Buffer.concat(rows);
}

/** Not compressed: what a deflater makes differs between releases, and these bytes must not. At most 65,535 bytes. */
function storedZlib(data: Buffer): Buffer {
  const start = Buffer.from([0x78, 0x01, 1, 0, 0, 0, 0]);
  start.writeUInt16LE(data.length, 3);
  start.writeUInt16LE(data.length ^ 0xffff, 5);
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE(b * 65_536 + a);
  return Buffer.concat([start, data, check]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
