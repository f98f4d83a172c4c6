import type { Bytes } from '#shared/crypto/encoding.ts';
import type { HashReader } from './hash-reader.ts';
import type { TreeNode } from './range.ts';
import { type Tile, tileOf, tilePath } from './tile.ts';
import { hashLength, hashNode } from './tree-hash.ts';

/** Where tiles lie. It answers in the order asked; a tile may be wider than asked for, since it begins with the same hashes. */
export interface TileReader {
  readTiles(tiles: readonly Tile[]): Promise<readonly Uint8Array[]>;
}

/** A tile is missing, or shorter than its tree needs: the store lost something, or was written by halves. */
export class TileBroken extends Error {
  override readonly name = 'TileBroken';
}

/** The root of a complete subtree from the hashes that it consists of, a power of two of them. */
function hashComplete(hashes: readonly Bytes[]): Bytes {
  let row = hashes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, at) => hashNode(row[2 * at] as Bytes, row[2 * at + 1] as Bytes));
  }
  return row[0] as Bytes;
}

/**
 * Any hash of a tree of `size` leaves, each tile read once however many are asked for together. A proof in a million needs
 * at most six tiles, 32 hashes of each at the right edge and 255 of the others to compute. It does not ask whether the
 * tiles are right: whoever keeps them compares their root with a checkpoint (`rootAt`), and a proof from wrong ones does not
 * verify. The reader it makes throws TileBroken, and RangeError for a subtree that the tree does not have.
 */
export function readFromTiles(tiles: TileReader, size: number): HashReader {
  return {
    async readHashes(nodes: readonly TreeNode[]): Promise<readonly Bytes[]> {
      const places = nodes.map((node) => tileOf(node, size));
      const needed = [...new Map(places.map(({ tile }) => [tilePath(tile), tile]))];
      const read = needed.length > 0 ? await tiles.readTiles(needed.map(([, tile]) => tile)) : [];
      const found = new Map(needed.map(([path], at) => [path, read[at]]));
      return places.map(({ tile, at, count }) => {
        const bytes = found.get(tilePath(tile));
        if (!bytes || bytes.length < tile.width * hashLength) throw new TileBroken(tilePath(tile));
        return hashComplete(Array.from({ length: count }, (_, n) => hashAt(bytes, at + n)));
      });
    },
  };
}

const hashAt = (tile: Uint8Array, at: number): Bytes =>
  new Uint8Array(tile.subarray(at * hashLength, (at + 1) * hashLength));
