import type { SigningKey } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Entry, isInClear } from '#shared/log/entry.ts';
import { type Seen, toSeen } from '#shared/log/seen.ts';
import { proveEntry } from '#shared/log/tree/entry-proof.ts';
import { rootOf } from '#shared/log/tree/frontier.ts';
import { formatLeaf, hashSignedHeader, type Leaf, nextLeaf } from '#shared/log/tree/leaf.ts';
import { signCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { MemoryTiles } from './memory-tiles.ts';

/** A checkpoint as it is served, and as an entry says to have seen it. */
export interface MadeCheckpoint {
  readonly note: string;
  readonly seen: Seen;
}

export async function makeCheckpoint(
  { unit, key }: { readonly unit: UnitId; readonly key: SigningKey },
  { size, root, at }: { readonly size: number; readonly root: Uint8Array; readonly at: number },
): Promise<MadeCheckpoint> {
  const tree = { unit, size, root: new Uint8Array(root) };
  const note = await signCheckpoint(tree, key, Math.floor(at / 1000));
  const verified = await verifySignedCheckpoint(note, { unit, key: key.author });
  if (!verified.ok) throw new Error(verified.error.code);
  return { note, seen: toSeen(verified.value) };
}

/** The tree of a log in memory, with a checkpoint after each entry. */
export class MemoryLogTree {
  #signer: { readonly unit: UnitId; readonly key: SigningKey };
  #tiles: MemoryTiles;
  readonly #leaves: Leaf[];
  /** By size. */
  readonly #checkpoints: MadeCheckpoint[];

  private constructor(
    signer: { readonly unit: UnitId; readonly key: SigningKey },
    tiles: MemoryTiles,
    leaves: readonly Leaf[],
    checkpoints: readonly MadeCheckpoint[],
  ) {
    this.#signer = signer;
    this.#tiles = tiles;
    this.#leaves = [...leaves];
    this.#checkpoints = [...checkpoints];
  }

  /** @param key that signs the checkpoints */
  static async begin(unit: UnitId, key: SigningKey): Promise<MemoryLogTree> {
    const tiles = new MemoryTiles();
    const first = await makeCheckpoint({ unit, key }, { size: 0, root: rootOf(tiles.frontier), at: Date.now() });
    return new MemoryLogTree({ unit, key }, tiles, [], [first]);
  }

  /** The same tree, to go on by itself. */
  copy = (): MemoryLogTree =>
    new MemoryLogTree(this.#signer, new MemoryTiles(this.#tiles), this.#leaves, this.#checkpoints);

  async append(entry: Entry): Promise<void> {
    const leaf = nextLeaf(this.#leaves.at(-1) ?? null, hashSignedHeader(entry.wire), isInClear(entry), Date.now());
    this.#leaves.push(leaf);
    this.#tiles.append(hashLeaf(formatLeaf(leaf)));
    const { frontier } = this.#tiles;
    const tree = { size: frontier.size, root: rootOf(frontier), at: leaf.arrivedAt };
    this.#checkpoints.push(await makeCheckpoint(this.#signer, tree));
  }

  /** The next checkpoints are signed with another key. */
  signWith(key: SigningKey): void {
    this.#signer = { ...this.#signer, key };
  }

  setBack(size: number): void {
    this.#leaves.splice(size);
    this.#checkpoints.splice(size + 1);
    this.#tiles = new MemoryTiles();
    for (const leaf of this.#leaves) this.#tiles.append(hashLeaf(formatLeaf(leaf)));
  }

  arrivedAt = (position: number): number => this.#leafAt(position).arrivedAt;

  /** @param size of the log then; its last without one. @throws RangeError */
  at(size = this.#checkpoints.length - 1): MadeCheckpoint {
    const found = this.#checkpoints[size];
    if (!found) throw new RangeError('The log never had this size.');
    return found;
  }

  /** That the last leaf of a size is under the checkpoint of that size. */
  async proof(size: number): Promise<string> {
    const leaf = { position: size, leaf: this.#leafAt(size) };
    return proveEntry(this.#tiles.reader(), leaf, { note: this.at(size).note, size });
  }

  #leafAt(position: number): Leaf {
    const leaf = this.#leaves[position - 1];
    if (!leaf) throw new RangeError('There is no such entry.');
    return leaf;
  }
}
