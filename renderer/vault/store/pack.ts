import { type Bytes, fromUtf8, utf8 } from '#shared/crypto/encoding.ts';

/** Chromium spills values of 64 KiB and more to files of their own; sealed rows stay below that. */
const mostPackedBytes = 60 * 1024;
const newline = 0x0a;

export interface Pack<T> {
  readonly items: readonly T[];
  /** The items as lines of JSON. */
  readonly bytes: Bytes;
}

function join<T>(items: readonly T[], lines: readonly Bytes[]): Pack<T> {
  const bytes = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let offset = 0;
  for (const line of lines) {
    bytes.set(line, offset);
    offset += line.length + 1;
    bytes[offset - 1] = newline;
  }
  return { items, bytes };
}

/**
 * Groups items in order so that each group stays under 60 KiB (a single larger item is a group of its own) and under
 * `most` items, or less where rows are read one at a time. A packed row costs one seal and one database write for all its items.
 */
export function pack<T>(items: readonly T[], most = 128, mostBytes = mostPackedBytes): Pack<T>[] {
  const packs: Pack<T>[] = [];
  let [group, lines, size]: [T[], Bytes[], number] = [[], [], 0];
  for (const item of items) {
    const line = utf8(JSON.stringify(item));
    if (group.length === most || (group.length > 0 && size + line.length > mostBytes)) {
      packs.push(join(group, lines));
      [group, lines, size] = [[], [], 0];
    }
    group.push(item);
    lines.push(line);
    size += line.length + 1;
  }
  if (group.length > 0) packs.push(join(group, lines));
  return packs;
}

/** The lines of a pack, not parsed: JSON never holds a raw newline. @throws TypeError when they are not UTF-8 */
export const packedLines = (bytes: Bytes): string[] => fromUtf8(bytes).trimEnd().split('\n');

/** @throws SyntaxError */
export const unpack = <T>(bytes: Bytes): T[] => packedLines(bytes).map((line) => JSON.parse(line) as T);
