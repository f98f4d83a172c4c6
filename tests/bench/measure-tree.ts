import { randomBytes } from '#shared/crypto/encoding.ts';
import { growTree } from '#shared/log/tree/grow-tree.ts';
import { proveInclusion } from '#shared/log/tree/inclusion.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from '../support/memory-tiles.ts';
import { type Measures, median, spread, timed } from './stopwatch.ts';

/** What the tree of a log costs, without the storage: to append one entry to it, and to prove one. */
export async function measureTree(size: number): Promise<Measures> {
  const tiles = new MemoryTiles();
  const leaf = hashLeaf(randomBytes(72));
  for (let index = 0; index < size; index += 1) tiles.append(leaf);
  const samples = spread(size, 300);
  const appends: number[] = [];
  const proofs: number[] = [];
  let longest = 0;
  for (const index of samples) {
    appends.push(await timed(() => growTree(tiles, size, [leaf])));
    proofs.push(
      await timed(async () => {
        longest = Math.max(longest, (await proveInclusion(tiles.reader(size), index, size)).length);
      }),
    );
  }
  return { append: median(appends), prove: median(proofs), hashes: longest };
}
