import { SealBroken } from '#shared/crypto/aead.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { isInClear } from '#shared/log/entry.ts';
import { type FilledTile, type GrownTree, growTree } from '#shared/log/tree/grow-tree.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { formatLeaf, hashSignedHeader, type Leaf, nextLeaf } from '#shared/log/tree/leaf.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import { readFromTiles, TileBroken, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import type { OpenVault } from '../open-vault.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import type { StoredEntry } from './entry-rows.ts';

/*
 * The hashes of the log's tree as it was read, in tiles (shared/log/tree). They follow from the stored entries, and are
 * kept so that what an author has seen, or a proof, does not take the whole log.
 */

const keyOf = ({ level, index }: Tile): string => `${level}/${index}`;

export const sealTiles = (storeKey: CryptoKey, tiles: readonly FilledTile[]): Promise<Row[]> =>
  Promise.all(tiles.map(({ tile, bytes }) => sealBytes(storeKey, 'tiles', keyOf(tile), bytes)));

/** Throws TileBroken for one that is missing or damaged: `regrowTree` makes them again. */
export const storedTiles = ({ io, member }: OpenVault): TileReader => ({
  readTiles: (tiles) =>
    Promise.all(
      tiles.map(async (tile) => {
        const row = await io.store.get('tiles', keyOf(tile));
        if (!row) throw new TileBroken(keyOf(tile));
        return openBytes(member.storeKey, 'tiles', row).catch((error: unknown) => {
          throw error instanceof SealBroken ? new TileBroken(keyOf(tile)) : error;
        });
      }),
    ),
});

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
    for (const filled of this.#grown.tiles) this.#tiles.set(keyOf(filled.tile), filled);
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
          const filled = this.#tiles.get(keyOf(tile));
          if (!filled) throw new TileBroken(keyOf(tile));
          return filled.bytes;
        }),
    };
  }
}
