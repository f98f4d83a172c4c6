import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { appendLeaf, type Frontier, frontierAt, rootOf, type StoredHash } from './frontier.ts';
import { rootAt } from './hash-reader.ts';
import { type Tile, tilePlace } from './tile.ts';
import { readFromTiles, TileBroken, type TileReader } from './tile-reader.ts';
import { hashLength } from './tree-hash.ts';

/** A tile with its hashes, as wide as it is. */
export interface FilledTile {
  readonly tile: Tile;
  readonly bytes: Bytes;
}

/** A tree with the leaves that were just appended to it. Nothing is stored yet. */
export interface GrownTree {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Bytes;
  /** Those that changed or are new. */
  readonly tiles: readonly FilledTile[];
  /**
   * The root of the tree as it was with its first `size` leaves: cheap for the sizes since it grew, read from stored tiles
   * for older ones. @throws RangeError for a size that the tree never had; TileBroken
   */
  rootAt(size: number): Promise<Bytes>;
}

/**
 * A stored tree of `size` leaves, with more. Whoever stores tiles calls this with no leaves to check them: the root must be
 * that of a checkpoint.
 * @param leaves hashes of the leaves
 * @throws TileBroken when a stored tile is missing or too short
 */
export async function growTree(stored: TileReader, size: number, leaves: readonly Bytes[]): Promise<GrownTree> {
  let frontier = await frontierAt(readFromTiles(stored, size), size);
  const frontiers: Frontier[] = [frontier];
  const completed: StoredHash[] = [];
  for (const leaf of leaves) {
    const next = appendLeaf(frontier, leaf);
    frontier = next.frontier;
    frontiers.push(frontier);
    completed.push(...next.completed);
  }
  const older = new Map<number, Promise<Bytes>>();
  const readOlder = (asked: number): Promise<Bytes> => {
    const known = older.get(asked) ?? rootAt(readFromTiles(stored, size), asked);
    older.set(asked, known);
    return known;
  };
  return {
    size: frontier.size,
    root: rootOf(frontier),
    tiles: await fillTiles(stored, completed),
    async rootAt(asked) {
      if (asked < size && asked >= 0 && Number.isSafeInteger(asked)) return readOlder(asked);
      const there = frontiers[asked - size];
      if (!there) throw new RangeError('The tree never had this size.');
      return rootOf(there);
    },
  };
}

/** The tiles that the hashes belong into, each after those that it holds already. */
async function fillTiles(stored: TileReader, completed: readonly StoredHash[]): Promise<FilledTile[]> {
  const filling = new Map<string, { readonly level: number; readonly index: number; at: number; hashes: Bytes[] }>();
  for (const { hash, ...node } of completed) {
    const place = tilePlace(node);
    if (!place) continue;
    const { level, index, at } = place;
    const name = `${level}/${index}`;
    const tile = filling.get(name) ?? { level, index, at, hashes: [] };
    tile.hashes.push(hash);
    filling.set(name, tile);
  }
  const grown = [...filling.values()];
  const begun = grown.filter(({ at }) => at > 0).map(({ level, index, at }): Tile => ({ level, index, width: at }));
  const read = begun.length > 0 ? await stored.readTiles(begun) : [];
  return grown.map(({ level, index, at, hashes }) => {
    const before = at > 0 ? read[begun.findIndex((each) => each.level === level && each.index === index)] : undefined;
    if (at > 0 && (before?.length ?? 0) < at * hashLength) throw new TileBroken(`${level}/${index}`);
    const bytes = concat(before?.subarray(0, at * hashLength) ?? new Uint8Array(), ...hashes);
    return { tile: { level, index, width: bytes.length / hashLength }, bytes };
  });
}
