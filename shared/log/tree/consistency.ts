import type { Bytes } from '#shared/crypto/encoding.ts';
import { type HashReader, hashRanges } from './hash-reader.ts';
import { consistencyRanges } from './range.ts';
import { emptyRoot, hashLength, hashNode, sameBytes } from './tree-hash.ts';

/** None between equal sizes, or from the empty tree. */
export type ConsistencyProof = readonly Bytes[];

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

const areSizes = (oldSize: number, newSize: number): boolean =>
  Number.isSafeInteger(oldSize) && Number.isSafeInteger(newSize) && oldSize >= 0 && oldSize <= newSize;

/**
 * That the tree of `newSize` leaves begins with the one of `oldSize` (RFC 6962 section 2.1.2).
 * @throws RangeError when the old tree is larger than the new one
 */
export async function proveConsistency(
  reader: HashReader,
  oldSize: number,
  newSize: number,
): Promise<ConsistencyProof> {
  if (!areSizes(oldSize, newSize)) throw new RangeError('No such trees.');
  if (oldSize === 0 || oldSize === newSize) return [];
  const { ranges, known } = consistencyRanges(oldSize, newSize);
  return hashRanges(reader, known ? ranges.slice(1) : ranges);
}

/** Whether the new tree begins with the old one (RFC 9162 section 2.1.4.2). Never throws. */
export function verifyConsistency(proof: ConsistencyProof, older: TreeHead, newer: TreeHead): boolean {
  if (!areSizes(older.size, newer.size)) return false;
  if ([older.root, newer.root, ...proof].some(({ length }) => length !== hashLength)) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  // Every tree begins with the empty one: no proof, but its root is the one that all agree on.
  if (older.size === 0) return proof.length === 0 && sameBytes(older.root, emptyRoot);
  const { ranges, known } = consistencyRanges(older.size, newer.size);
  const hashes = known ? [older.root, ...proof] : proof;
  const first = hashes[0];
  if (!first || hashes.length !== ranges.length) return false;
  let [oldRoot, newRoot] = [first, first];
  for (const [at, hash] of hashes.entries()) {
    if (at === 0) continue;
    const isNew = (ranges[at]?.start ?? 0) >= older.size;
    newRoot = isNew ? hashNode(newRoot, hash) : hashNode(hash, newRoot);
    if (!isNew) oldRoot = hashNode(hash, oldRoot);
  }
  return sameBytes(oldRoot, older.root) && sameBytes(newRoot, newer.root);
}
