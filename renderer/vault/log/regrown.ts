import type { Bytes } from '#shared/crypto/encoding.ts';
import { isInClear } from '#shared/log/entry.ts';
import { type FilledTile, type GrownTree, growTree } from '#shared/log/tree/grow-tree.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { formatLeaf, hashSignedHeader, type Leaf, nextLeaf } from '#shared/log/tree/leaf.ts';
import { readFromTiles, TileBroken, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import type { StoredEntry } from './entry-rows.ts';
import { tileKeyOf } from './tree-rows.ts';

/** The log's tree, made again from its entries alone. */
export class Regrown {
  readonly #tiles = new Map<string, FilledTile>();
  #grown: GrownTree | null = null;
  #leaf: Leaf | null = null;

  /** The next entries, in order. */
  async add(entries: readonly StoredEntry[]): Promise<void> {
    const hashes = entries.map(({ entry, arrivedAt }) => {
      this.#leaf = nextLeaf(this.#leaf, hashSignedHeader(entry.wire), isInClear(entry), arrivedAt);
      return hashLeaf(formatLeaf(this.#leaf));
    });
    this.#grown = await growTree(this.#reader, this.size, hashes);
    for (const filled of this.#grown.tiles) this.#tiles.set(tileKeyOf(filled.tile), filled);
  }

  /** Of the last entry; null before the first. */
  get leaf(): Leaf | null {
    return this.#leaf;
  }

  get size(): number {
    return this.#grown?.size ?? 0;
  }

  /** As it was with its first `size` leaves. @throws RangeError */
  rootAt(size: number): Promise<Bytes> {
    return rootAt(readFromTiles(this.#reader, this.size), size);
  }

  get tiles(): readonly FilledTile[] {
    return [...this.#tiles.values()];
  }

  get #reader(): TileReader {
    return {
      readTiles: async (tiles) =>
        tiles.map((tile) => {
          const filled = this.#tiles.get(tileKeyOf(tile));
          if (!filled) throw new TileBroken(tileKeyOf(tile));
          return filled.bytes;
        }),
    };
  }
}
