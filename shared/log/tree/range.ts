/** Leaves `start` up to, not including, `end`; or all of them. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree: the leaves `index * 2^level` up to `(index + 1) * 2^level`. Level 0 is the leaves. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

// Sizes go up to 2^53, so nothing here shifts: JavaScript's shifts are of 32 bits.

/** Whether these are an index and a size of which there is a proof. */
export const isLeafOf = (index: number, size: number): boolean =>
  Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;

/** Where the left subtree ends: its size is the largest power of two smaller than the whole (RFC 6962 section 2.1). */
function splitOf({ start, end }: Range): number {
  let left = 1;
  while (left * 2 < end - start) left *= 2;
  return start + left;
}

/** The subtrees beside the way from the leaf to the root, in this order: the audit path (RFC 6962 section 2.1.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  const beside: Range[] = [];
  let here: Range = { start: 0, end: size };
  while (here.end - here.start > 1) {
    const split = splitOf(here);
    const [left, right] = [
      { start: here.start, end: split },
      { start: split, end: here.end },
    ];
    beside.unshift(index < split ? right : left);
    here = index < split ? left : right;
  }
  return beside;
}

/**
 * The subtrees that make both roots (RFC 6962 section 2.1.2). `known`: the first of them is the whole old tree, whose hash
 * the proof leaves out, because its size is a power of two.
 */
export function consistencyRanges(oldSize: number, newSize: number): { ranges: Range[]; known: boolean } {
  const ranges: Range[] = [];
  let here: Range = { start: 0, end: newSize };
  while (here.end !== oldSize) {
    const split = splitOf(here);
    const isLeft = oldSize <= split;
    ranges.unshift(isLeft ? { start: split, end: here.end } : { start: here.start, end: split });
    here = isLeft ? { start: here.start, end: split } : { start: split, end: here.end };
  }
  ranges.unshift(here);
  return { ranges, known: here.start === 0 };
}

/** The complete subtrees that a range consists of, from the left, each smaller than the one before. */
export function nodesOf({ start, end }: Range): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = start; at < end; ) {
    let [level, width] = [0, 1];
    while (width * 2 <= end - at && at % (width * 2) === 0) [level, width] = [level + 1, width * 2];
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}
