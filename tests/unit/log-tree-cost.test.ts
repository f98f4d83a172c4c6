import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { proveConsistency, verifyConsistency } from '#shared/log/tree/consistency.ts';
import { appendLeaf, emptyFrontier, frontierAt, rootOf } from '#shared/log/tree/frontier.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { proveInclusion, verifyInclusion } from '#shared/log/tree/inclusion.ts';
import type { Tile } from '#shared/log/tree/tile.ts';
import { readFromTiles, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf, hashNode } from '#shared/log/tree/tree-hash.ts';

const counted = vi.hoisted(() => ({ hashes: 0 }));

vi.mock('#shared/crypto/sha256-now.ts', async (original) => {
  const { sha256Now } = await original<typeof import('#shared/crypto/sha256-now.ts')>();
  return {
    sha256Now: (...parts: Uint8Array[]) => {
      counted.hashes += 1;
      return sha256Now(...parts);
    },
  };
});

/** A log in which every leaf is the same: so is every complete subtree of one level, and any tile can be made when asked. */
const same: Bytes[] = [hashLeaf(new Uint8Array())];
for (let level = 1; level <= 48; level += 1) {
  const below = same[level - 1] as Bytes;
  same.push(hashNode(below, below));
}
const asked: Tile[] = [];
const tiles: TileReader = {
  async readTiles(list) {
    asked.push(...list);
    return list.map(({ level, width }) =>
      new Uint8Array(width * 32).map((_, at) => same[8 * level]?.[at % 32] as number),
    );
  },
};
const million = 1_000_000;

beforeEach(() => {
  counted.hashes = 0;
  asked.length = 0;
});

describe('in a log of a million entries', () => {
  const reader = readFromTiles(tiles, million);

  test.each([0, 1, 65_535, 500_000, 524_287, 524_288, 983_039, 999_935, 999_936, 999_999])(
    'entry %i is proved by at most 20 hashes, from at most 6 tiles',
    async (index) => {
      const root = await rootAt(reader, million);
      [counted.hashes, asked.length] = [0, 0];
      const proof = await proveInclusion(reader, index, million);
      expect(proof.length).toBeLessThanOrEqual(20);
      expect(asked.length).toBeLessThanOrEqual(6);
      expect(counted.hashes).toBeLessThanOrEqual(6 * 255);
      counted.hashes = 0;
      expect(verifyInclusion(proof, { leaf: same[0] as Bytes, index, size: million, root })).toBe(true);
      expect(counted.hashes).toBe(proof.length);
    },
  );

  test('an old size is shown to be its beginning by at most 21 hashes', async () => {
    const newer = { size: million, root: await rootAt(reader, million) };
    for (const size of [1, 2, 65_537, 524_288, 524_289, 999_999]) {
      const older = { size, root: await rootAt(reader, size) };
      const proof = await proveConsistency(reader, size, million);
      expect(proof.length).toBeLessThanOrEqual(21);
      counted.hashes = 0;
      expect(verifyConsistency(proof, older, newer)).toBe(true);
      expect(counted.hashes).toBeLessThanOrEqual(2 * proof.length);
    }
  });

  test('one more is appended, and its root computed, with at most 20 hashes', async () => {
    for (const size of [million, million - 1, 524_287, 524_288, 1_048_575]) {
      const frontier = await frontierAt(readFromTiles(tiles, size), size);
      expect(frontier.hashes.length).toBeLessThanOrEqual(20);
      counted.hashes = 0;
      rootOf(appendLeaf(frontier, same[0] as Bytes).frontier);
      expect(counted.hashes).toBeLessThanOrEqual(20);
    }
  });
});

test('appending computes fewer than one node for each leaf, on the whole', () => {
  let frontier = emptyFrontier;
  let stored = 0;
  for (let n = 0; n < 5_000; n += 1) {
    const appended = appendLeaf(frontier, same[0] as Bytes);
    frontier = appended.frontier;
    stored += appended.completed.length;
  }
  expect(counted.hashes).toBeLessThan(5_000);
  expect(stored).toBe(5_000 + counted.hashes);
});

test('sizes beyond 32 bits are no smaller: 2^40 leaves and some', async () => {
  const size = 2 ** 40 + 5;
  const reader = readFromTiles(tiles, size);
  const root = await rootAt(reader, size);
  const index = 2 ** 40 + 1;
  const proof = await proveInclusion(reader, index, size);
  expect(verifyInclusion(proof, { leaf: same[0] as Bytes, index, size, root })).toBe(true);
  expect(verifyInclusion(proof, { leaf: same[0] as Bytes, index: 1, size, root })).toBe(false);
});
