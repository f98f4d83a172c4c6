import { describe, expect, test } from 'vitest';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { type FilledTile, growTree } from '#shared/log/tree/grow-tree.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import { TileBroken, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';
import { referenceRoot } from '#tests/support/reference-tree.ts';

const leaf = (n: number) => Uint8Array.of(n >> 16, n >> 8, n);
const leaves = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => leaf(from + n));
const hashesOf = (from: number, to: number) => leaves(from, to).map(hashLeaf);

/** Rows as a keeper of tiles has them: the last of each level is replaced as it grows. */
class TileStore implements TileReader {
  readonly rows = new Map<string, Bytes>();

  put(tiles: readonly FilledTile[]): void {
    for (const { tile, bytes } of tiles) this.rows.set(`${tile.level}/${tile.index}`, bytes);
  }

  async readTiles(tiles: readonly Tile[]): Promise<readonly Uint8Array[]> {
    return tiles.map(({ level, index }) => this.rows.get(`${level}/${index}`) ?? new Uint8Array());
  }
}

async function storedLog(size: number): Promise<TileStore> {
  const store = new TileStore();
  store.put((await growTree(store, 0, hashesOf(0, size))).tiles);
  return store;
}

describe('a stored tree that grows', () => {
  // Ends of tiles, and appends that fill one, or two levels at once.
  const appends = [1, 1, 2, 251, 1, 1, 255, 256, 500, 1, 1_000, 530, 1];

  test('has after each append the root that RFC 6962 defines, and the tiles of a log that was written at once', async () => {
    const store = new TileStore();
    const whole = new MemoryTiles();
    let size = 0;
    for (const count of appends) {
      const added = hashesOf(size, size + count);
      const grown = await growTree(store, size, added);
      for (const each of added) whole.append(each);
      store.put(grown.tiles);
      size += count;
      expect(grown.size).toBe(size);
      expect(grown.root).toEqual(referenceRoot(leaves(0, size)));
      expect((await growTree(store, size, [])).root).toEqual(grown.root);
    }
    expect(store.rows.has('1/0')).toBe(true);
    for (const [place, bytes] of store.rows) {
      const [level = 0, index = 0] = place.split('/').map(Number);
      expect(await whole.readTiles([{ level, index, width: bytes.length / 32 }]), place).toEqual([bytes]);
    }
  });

  test('says the root of every size that it had, before it grew and since', async () => {
    const grown = await growTree(await storedLog(300), 300, hashesOf(300, 600));
    for (const size of [0, 1, 255, 256, 257, 299, 300, 301, 511, 512, 599, 600]) {
      expect(await grown.rootAt(size), String(size)).toEqual(referenceRoot(leaves(0, size)));
    }
    for (const size of [601, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(grown.rootAt(size), String(size)).rejects.toThrow(RangeError);
    }
  });

  test('writes the tiles that changed and no others', async () => {
    const places = async (size: number, count: number) =>
      (await growTree(await storedLog(size), size, hashesOf(size, size + count))).tiles.map(
        ({ tile: { level, index, width } }) => `${level}/${index} ${width}`,
      );
    expect(await places(0, 0)).toEqual([]);
    expect(await places(300, 1)).toEqual(['0/1 45']);
    expect(await places(511, 1)).toEqual(['0/1 256', '1/0 2']);
    expect(await places(255, 2)).toEqual(['0/0 256', '1/0 1', '0/1 1']);
  });

  test('does not go on from tiles that are gone or cut off', async () => {
    const gone = await storedLog(300);
    gone.rows.delete('0/1');
    await expect(growTree(gone, 300, [])).rejects.toThrow(TileBroken);
    const cut = await storedLog(600);
    cut.rows.set('1/0', cut.rows.get('1/0')?.subarray(0, 32) as Bytes);
    await expect(growTree(cut, 600, [])).rejects.toThrow(TileBroken);
    // A tree of 512 leaves needs its two full tiles only through their hashes: what lacks is found when an old size is asked.
    const older = await storedLog(512);
    older.rows.delete('0/0');
    const grown = await growTree(older, 512, hashesOf(512, 513));
    await expect(grown.rootAt(100)).rejects.toThrow(TileBroken);
  });

  test('has another root when a stored hash is another one', async () => {
    const store = await storedLog(600);
    const tile = store.rows.get('0/2') as Bytes;
    tile[40] = (tile[40] as number) ^ 1;
    expect((await growTree(store, 600, [])).root).not.toEqual(referenceRoot(leaves(0, 600)));
  });
});
