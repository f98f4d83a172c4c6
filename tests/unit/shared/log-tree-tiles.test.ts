import { describe, expect, test } from 'vitest';
import { concat } from '#shared/crypto/encoding.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { proveInclusion } from '#shared/log/tree/inclusion.ts';
import { parseTilePath, type Tile, tileOf, tilePath, tilePlace, tilesBetween } from '#shared/log/tree/tile.ts';
import { readFromTiles, TileBroken } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from '#tests/support/memory-tiles.ts';
import { referenceRoot } from '#tests/support/reference-tree.ts';

const leaf = (n: number) => Uint8Array.of(n >> 16, n >> 8, n);

function logOf(size: number): MemoryTiles {
  const tiles = new MemoryTiles();
  for (let n = 0; n < size; n += 1) tiles.append(hashLeaf(leaf(n)));
  return tiles;
}

describe('the paths of c2sp.org/tlog-tiles', () => {
  test.each<[string, Tile]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/1/999.p/255', { level: 1, index: 999, width: 255 }],
    ['tile/2/x001/000.p/1', { level: 2, index: 1000, width: 1 }],
    ['tile/63/x009/x007/x199/x254/x740/991', { level: 63, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual({ ok: true, value: tile });
  });

  test.each<unknown>([
    '',
    'tile/0',
    'tile/0/0',
    'tile/0/1000',
    'tile/0/x001',
    'tile/0/001/234',
    'tile/0/x000/001',
    'tile/0/x001/x234',
    'tile/00/001',
    'tile/64/001',
    'tile/-1/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001.p/',
    'tile/0/001\n',
    'tile/entries/001',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/x001/x001/x001/x001/x001/x001/001',
    null,
    7,
  ])('not %j', (path) => {
    expect(parseTilePath(path)).toEqual({ ok: false, error: { code: 'tile-path-malformed', params: {} } });
  });
});

describe('which tiles a tree has', () => {
  const widths = (tiles: Tile[], level: number) =>
    tiles.filter((tile) => tile.level === level).map(({ width }) => width);

  test('one of 70,000 leaves and one of 256, as c2sp.org/tlog-tiles counts them', () => {
    const tiles = tilesBetween(0, 70_000);
    expect(widths(tiles, 0)).toEqual([...Array(273).fill(256), 112]);
    expect(widths(tiles, 1)).toEqual([256, 17]);
    expect(widths(tiles, 2)).toEqual([1]);
    expect(tiles).toHaveLength(277);
    expect(tilesBetween(0, 256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  test('between two sizes, those that are new or wider', () => {
    expect(tilesBetween(7, 7)).toEqual([]);
    expect(tilesBetween(0, 0)).toEqual([]);
    expect(tilesBetween(255, 257).map(tilePath)).toEqual(['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']);
    expect(tilesBetween(256, 300).map(tilePath)).toEqual(['tile/0/001.p/44']);
    expect(tilesBetween(65_535, 65_536).map(tilePath)).toEqual(['tile/0/255', 'tile/1/000', 'tile/2/000.p/1']);
  });

  test('only hashes of every eighth level lie in tiles', () => {
    expect(tilePlace({ level: 0, index: 300 })).toEqual({ level: 0, index: 1, at: 44 });
    expect(tilePlace({ level: 16, index: 256 })).toEqual({ level: 2, index: 1, at: 0 });
    expect(tilePlace({ level: 7, index: 0 })).toBeNull();
  });

  test('a subtree that is not complete is in none', () => {
    expect(tileOf({ level: 8, index: 0 }, 256)).toEqual({ tile: { level: 1, index: 0, width: 1 }, at: 0, count: 1 });
    expect(() => tileOf({ level: 8, index: 0 }, 255)).toThrow(RangeError);
    expect(() => tileOf({ level: 0, index: 700 }, 255)).toThrow(RangeError);
    expect(() => tileOf({ level: 3, index: 31 }, 255)).toThrow(RangeError);
  });
});

describe('reading from tiles', () => {
  test('the tiles of 66,000 leaves are as defined, and give the root of every size asked for', async () => {
    const log = logOf(66_000);
    const leaves = Array.from({ length: 66_000 }, (_, n) => leaf(n));
    const first = concat(...leaves.slice(0, 256).map(hashLeaf));
    expect((await log.readTiles([{ level: 0, index: 0, width: 256 }]))[0]).toEqual(first);
    const [upper] = await log.readTiles([{ level: 1, index: 1, width: 1 }]);
    expect(upper).toHaveLength(32);
    expect(upper?.subarray(0, 32)).toEqual(referenceRoot(leaves.slice(65_536, 65_792)));
    for (const size of [1, 255, 256, 257, 4_096, 65_536, 66_000]) {
      expect(await rootAt(log.reader(size), size)).toEqual(referenceRoot(leaves.slice(0, size)));
    }
  });

  test('each tile is asked for once, as wide as the tree has it', async () => {
    const log = logOf(600);
    await proveInclusion(log.reader(590), 3, 590);
    expect(log.asked.map(tilePath).sort()).toEqual(['tile/0/000', 'tile/0/002.p/78', 'tile/1/000.p/2']);
  });

  test('a tile that is missing or too short is found', async () => {
    const log = logOf(300);
    const short = {
      readTiles: async (tiles: readonly Tile[]) => (await log.readTiles(tiles)).map((tile) => tile.slice(1)),
    };
    await expect(proveInclusion(readFromTiles(short, 300), 3, 300)).rejects.toBeInstanceOf(TileBroken);
    await expect(proveInclusion(readFromTiles({ readTiles: async () => [] }, 300), 3, 300)).rejects.toThrow(
      'tile/0/000',
    );
    // The log is shorter than the tree that is asked about.
    await expect(rootAt(log.reader(301), 301)).rejects.toBeInstanceOf(TileBroken);
  });
});
