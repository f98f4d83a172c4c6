import type { Random } from '../random.ts';
import { encodePhotograph } from './block-jpeg.ts';

/** Blocks of 8 by 8 pixels: 2,400 by 1,800, as a telephone sends it on. */
const [across, down] = [300, 225];

interface Light {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
  readonly reach: number;
}

interface Street {
  /** Rows of blocks from the top to the road. */
  readonly horizon: number;
  readonly lamps: readonly Light[];
  /** Of the car, its left and its top. */
  readonly car: readonly [number, number];
}

/** A street at night with lamps and lit windows, and a car that stands there; in grey, with the grain of a telephone's camera. */
export function photographStreet(random: Random): Buffer {
  const street = layOut(random);
  const shades = Uint8Array.from({ length: across * down }, (_, at) =>
    shadeIn(street, at % across, Math.floor(at / across)),
  );
  for (let window = random.int(5, 14); window > 0; window--) {
    const first = random.int(40, street.horizon - 18) * across + random.int(0, across - 6);
    for (let row = 0; row < 8; row++) shades.fill(205, first + row * across, first + row * across + 5);
  }
  return encodePhotograph({ across, down, shades }, random.int(1, 1_000_000), 6);
}

function layOut(random: Random): Street {
  const horizon = random.int(110, 135);
  const lamps = Array.from(
    { length: random.int(3, 6) },
    (_, at): Light => ({
      ...{ x: 20 + at * 55 + random.int(-8, 8), y: horizon - random.int(55, 75), strength: random.int(120, 190) },
      reach: random.int(10, 22),
    }),
  );
  return { horizon, lamps, car: [random.int(60, 190), horizon + random.int(4, 18)] };
}

function shadeIn({ horizon, lamps, car }: Street, x: number, y: number): number {
  const lit = lamps.reduce((sum, lamp) => sum + glow(lamp, x, y), 0);
  if (isIn(car, x, y)) return Math.min(255, 18 + lit / 3);
  const isHouse = y > 36 + 14 * Math.sin(Math.floor(x / 38) * 2.1);
  const above = isHouse ? 26 : 14 + y / 8;
  return Math.min(255, (y < horizon ? above : 62 - (y - horizon) / 4) + lit);
}

/** The body, and the roof that is shorter. */
function isIn([left, top]: Street['car'], x: number, y: number): boolean {
  const isRoof = x > left + 16 && x < left + 58;
  return x > left && x < left + 74 && y > top + (isRoof ? 0 : 11) && y < top + 30;
}

const glow = ({ x, y, strength, reach }: Light, atX: number, atY: number): number =>
  strength / (1 + ((atX - x) ** 2 + (atY - y) ** 2) / reach ** 2);
