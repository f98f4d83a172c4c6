import type { Bytes } from '#shared/crypto/encoding.ts';
import { type HashReader, joinHashes } from './hash-reader.ts';
import { nodesOf, type TreeNode } from './range.ts';
import { hashNode } from './tree-hash.ts';

/** All that appending needs: the hashes of the complete subtrees of a tree, largest first. A million leaves have at most 20. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Bytes[];
}

/** A hash to store. */
export interface StoredHash extends TreeNode {
  readonly hash: Bytes;
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** The frontier of the tree as it was with its first `size` leaves. */
export async function frontierAt(reader: HashReader, size: number): Promise<Frontier> {
  return { size, hashes: await reader.readHashes(nodesOf({ start: 0, end: size })) };
}

/**
 * With one more leaf. `completed` are the leaf and each subtree that it completes, from below: what a store of hashes adds.
 * One hash to compute for each subtree, fewer than two a leaf on the whole.
 * @param leaf hash of the leaf
 */
export function appendLeaf(frontier: Frontier, leaf: Bytes): { frontier: Frontier; completed: StoredHash[] } {
  const hashes = [...frontier.hashes];
  const completed: StoredHash[] = [{ level: 0, index: frontier.size, hash: leaf }];
  let hash = leaf;
  // Each low bit of the size that is set is a subtree that waits for its right half.
  for (let index = frontier.size, level = 1; index % 2 === 1; level += 1) {
    hash = hashNode(hashes.pop() as Bytes, hash);
    index = (index - 1) / 2;
    completed.push({ level, index, hash });
  }
  hashes.push(hash);
  return { frontier: { size: frontier.size + 1, hashes }, completed };
}

/** As many hashes to compute as the frontier has, less one. */
export const rootOf = ({ hashes }: Frontier): Bytes => joinHashes(hashes);
