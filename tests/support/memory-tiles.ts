import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { appendLeaf, emptyFrontier, type Frontier } from '#shared/log/tree/frontier.ts';
import type { FilledTile } from '#shared/log/tree/grow-tree.ts';
import type { HashReader } from '#shared/log/tree/hash-reader.ts';
import { type Tile, tilePlace } from '#shared/log/tree/tile.ts';
import { readFromTiles, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLength } from '#shared/log/tree/tree-hash.ts';

/** A log's tiles in memory, written as leaves are appended. A tile is as wide as it ever was: old sizes read from it too. */
export class MemoryTiles implements TileReader {
  frontier: Frontier;
  readonly asked: Tile[] = [];
  readonly #tiles: Map<string, Bytes[]>;

  /** @param from a log that goes on here by itself */
  constructor(from?: MemoryTiles) {
    this.#tiles = new Map([...(from ? from.#tiles : [])].map(([name, hashes]) => [name, [...hashes]]));
    this.frontier = from?.frontier ?? emptyFrontier;
  }

  /** @param leaf hash of the leaf */
  append(leaf: Bytes): void {
    const { frontier, completed } = appendLeaf(this.frontier, leaf);
    for (const { hash, ...node } of completed) {
      const place = tilePlace(node);
      if (!place) continue;
      const name = `${place.level}/${place.index}`;
      const tile = this.#tiles.get(name) ?? [];
      if (tile.length !== place.at) throw new Error('not the next hash of its tile');
      tile.push(hash);
      this.#tiles.set(name, tile);
    }
    this.frontier = frontier;
  }

  /** Takes tiles as somebody else made them. */
  keep(filled: readonly FilledTile[]): void {
    for (const { tile, bytes } of filled) {
      const hashes = Array.from({ length: tile.width }, (_, at) => bytes.slice(at * hashLength, (at + 1) * hashLength));
      this.#tiles.set(`${tile.level}/${tile.index}`, hashes);
    }
  }

  async readTiles(tiles: readonly Tile[]): Promise<readonly Uint8Array[]> {
    this.asked.push(...tiles);
    return tiles.map(({ level, index }) => concat(...(this.#tiles.get(`${level}/${index}`) ?? [])));
  }

  /** @param size of the tree to read as, this or an earlier one */
  reader(size = this.frontier.size): HashReader {
    return readFromTiles(this, size);
  }
}
