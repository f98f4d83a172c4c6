import { type Bytes, fromUtf8, utf8 } from '#shared/crypto/encoding.ts';

/** Chromium spills values of 64 KiB and more to files of their own; sealed rows stay below that. */
const mostPackedBytes = 60 * 1024;
const newline = 0x0a;

/**
 * Groups items in order so that each group stays under 60 KiB (a single larger item is a group of its own) and under
 * `most` items, or less where rows are read one at a time. A packed row costs one seal and one database write for all its items.
 */
export function groupBySize<T>(
  items: readonly T[],
  lengthOf: (item: T) => number,
  most = 128,
  mostBytes = mostPackedBytes,
): T[][] {
  const groups: T[][] = [];
  let size = 0;
  for (const item of items) {
    const length = lengthOf(item);
    const group = groups.at(-1);
    if (!group || group.length === most || size + length > mostBytes) {
      groups.push([item]);
      size = length;
    } else {
      group.push(item);
      size += length;
    }
  }
  return groups;
}

export interface Pack<T> {
  readonly items: readonly T[];
  /** The items as lines of JSON. */
  readonly bytes: Bytes;
}

function join(lines: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let offset = 0;
  for (const line of lines) {
    bytes.set(line, offset);
    offset += line.length + 1;
    bytes[offset - 1] = newline;
  }
  return bytes;
}

export const pack = <T>(items: readonly T[], most?: number, mostBytes?: number): Pack<T>[] =>
  groupBySize(
    items.map((item) => ({ item, line: utf8(JSON.stringify(item)) })),
    ({ line }) => line.length + 1,
    most,
    mostBytes,
  ).map((group) => ({ items: group.map(({ item }) => item), bytes: join(group.map(({ line }) => line)) }));

/** A pack of lines that were packed before. */
export const joinLines = (lines: readonly string[]): Bytes => join(lines.map(utf8));

/** The lines of a pack, not parsed: JSON never holds a raw newline. @throws TypeError when they are not UTF-8 */
export const packedLines = (bytes: Bytes): string[] => fromUtf8(bytes).trimEnd().split('\n');

/** @throws SyntaxError */
export const unpack = <T>(bytes: Bytes): T[] => packedLines(bytes).map((line) => JSON.parse(line) as T);
