import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { TreeNode } from './range.ts';

/**
 * Hashes side by side in storage (c2sp.org/tlog-tiles): of the complete subtrees of 256^level leaves, those from
 * `index * 256` on, `width` of them, 32 bytes each. The levels between two of tiles are computed.
 */
export interface Tile {
  /** 0 to 63; of tiles, so one is eight levels of the tree. */
  readonly level: number;
  readonly index: number;
  /** 1 to 256; under 256 the tile is partial, and the same tile will be wider in a larger tree. */
  readonly width: number;
}

const tileWidth = 256;
const tileHeight = 8;
const mostLevel = 63;

/** How many complete subtrees of 256^level leaves a tree has. */
const hashesAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level);

/** Where in the tiles a hash has its place; null for one that is computed from them. */
export function tilePlace({ level, index }: TreeNode): { level: number; index: number; at: number } | null {
  if (level % tileHeight !== 0) return null;
  return { level: level / tileHeight, index: Math.floor(index / tileWidth), at: index % tileWidth };
}

/**
 * The tile, as wide as a tree of `size` leaves has it, and the hashes in it that a complete subtree consists of.
 * @throws RangeError when that tree does not have the subtree complete
 */
export function tileOf(node: TreeNode, size: number): { tile: Tile; at: number; count: number } {
  const level = Math.floor(node.level / tileHeight);
  const count = 2 ** (node.level % tileHeight);
  const first = node.index * count;
  const index = Math.floor(first / tileWidth);
  const width = Math.min(tileWidth, hashesAt(level, size) - index * tileWidth);
  const at = first - index * tileWidth;
  if (!(at + count <= width)) throw new RangeError('The tree does not have this subtree.');
  return { tile: { level, index, width }, at, count };
}

/** The tiles that a tree of `newSize` has and one of `oldSize` has not, or not as wide. From below, from the left. */
export function tilesBetween(oldSize: number, newSize: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; hashesAt(level, newSize) > 0; level += 1) {
    const [before, after] = [hashesAt(level, oldSize), hashesAt(level, newSize)];
    for (let index = Math.floor(before / tileWidth); index * tileWidth < after && before < after; index += 1) {
      tiles.push({ level, index, width: Math.min(tileWidth, after - index * tileWidth) });
    }
  }
  return tiles;
}

/** `tile/0/x001/x234/067`, with `.p/112` behind a partial one. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ''}`;
}

const pathPattern = /^tile\/(\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Exactly what `tilePath` makes. Whether a tree has the tile is another question. Never throws. */
export function parseTilePath(input: unknown): Result<Tile, Notice<'tile-path-malformed'>> {
  const malformed = err(notice('tile-path-malformed'));
  const match = typeof input === 'string' ? pathPattern.exec(input) : null;
  if (!match) return malformed;
  const [level, index] = [Number(match[1]), Number(match[2]?.replaceAll(/[x/]/g, ''))];
  const tile = { level, index, width: match[3] === undefined ? tileWidth : Number(match[3]) };
  const isTile = level <= mostLevel && Number.isSafeInteger(index) && tile.width >= 1 && tile.width <= tileWidth;
  return isTile && tilePath(tile) === input ? ok(tile) : malformed;
}
