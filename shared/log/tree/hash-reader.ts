import type { Bytes } from '#shared/crypto/encoding.ts';
import { nodesOf, type Range, type TreeNode } from './range.ts';
import { emptyRoot, hashNode } from './tree-hash.ts';

/** A store of hashes. It answers in the order asked, and fails when it lacks one. */
export interface HashReader {
  readHashes(nodes: readonly TreeNode[]): Promise<readonly Bytes[]>;
}

/** The hash over complete subtrees that stand side by side, from the left, each smaller than the one before. */
export const joinHashes = (hashes: readonly Bytes[]): Bytes =>
  hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => hashNode(left, right));

/** The hash of each range, all read at once: at most log2 of its length to read and to compute for each. */
export async function hashRanges(reader: HashReader, ranges: readonly Range[]): Promise<Bytes[]> {
  const nodes = ranges.map(nodesOf);
  const hashes = await reader.readHashes(nodes.flat());
  let at = 0;
  return nodes.map(({ length }) => {
    at += length;
    return joinHashes(hashes.slice(at - length, at));
  });
}

/** Root of the tree as it was with its first `size` leaves. */
export async function rootAt(reader: HashReader, size: number): Promise<Bytes> {
  const [root = emptyRoot] = await hashRanges(reader, [{ start: 0, end: size }]);
  return root;
}
