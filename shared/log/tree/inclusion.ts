import type { Bytes } from '#shared/crypto/encoding.ts';
import { type HashReader, hashRanges } from './hash-reader.ts';
import { inclusionRanges, isLeafOf } from './range.ts';
import { hashLength, hashNode, sameBytes } from './tree-hash.ts';

/** From the leaf's sibling up to the root's child: at most log2 of the size, rounded up, so 20 hashes in a million. */
export type InclusionProof = readonly Bytes[];

/**
 * That leaf `index` is in the tree of `size` leaves (RFC 6962 section 2.1.1).
 * @throws RangeError when the tree has no such leaf
 */
export function proveInclusion(reader: HashReader, index: number, size: number): Promise<InclusionProof> {
  if (!isLeafOf(index, size)) throw new RangeError('No such leaf.');
  return hashRanges(reader, inclusionRanges(index, size));
}

/**
 * Whether the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2). Never throws.
 * @param leaf hash of the leaf
 */
export function verifyInclusion(
  proof: InclusionProof,
  { leaf, index, size, root }: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
): boolean {
  if (!isLeafOf(index, size)) return false;
  const beside = inclusionRanges(index, size);
  if (proof.length !== beside.length) return false;
  if ([leaf, root, ...proof].some(({ length }) => length !== hashLength)) return false;
  const computed = beside.reduce((hash: Uint8Array, { start }, at) => {
    const sibling = proof[at] as Bytes;
    return start > index ? hashNode(hash, sibling) : hashNode(sibling, hash);
  }, leaf);
  return sameBytes(computed, root);
}
