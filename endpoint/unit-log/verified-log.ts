import { toBase64url } from '#shared/crypto/encoding.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing, toSeen } from '#shared/log/seen.ts';
import { type GrownTree, growTree } from '#shared/log/tree/grow-tree.ts';
import { proveInclusion, verifyInclusion } from '#shared/log/tree/inclusion.ts';
import { formatLeaf, type Leaf } from '#shared/log/tree/leaf.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf, sameBytes } from '#shared/log/tree/tree-hash.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { LockedUnit, StoredCheckpoint } from '../storage/storage.ts';
import { LogDiffers } from './log-differs.ts';
import { type OwnCheckpoint, verifyOwn } from './own-checkpoint.ts';
import { isOfTree, SetBackShown } from './set-back.ts';

/** A unit's log as the endpoint's own last checkpoint has it. */
export interface StoredLog {
  readonly checkpoint: Seen;
  /** Of the last entry; null before the first. */
  readonly leaf: Leaf | null;
  /** Null before the founding. */
  readonly roster: MaybeRoster;
  readonly tree: GrownTree;
}

/** One that goes on from what is noted of it beside the database: nothing is appended to another. */
export interface VerifiedLog extends StoredLog {
  readonly isNoted: true;
}

/** @throws when this endpoint did not sign it: somebody else wrote it into the database */
export async function verifyStored(
  endpoint: Pick<OpenEndpoint, 'keys'>,
  unit: UnitId,
  { size, note }: StoredCheckpoint,
): Promise<OwnCheckpoint> {
  const own = await verifyOwn(endpoint, unit, note);
  if (!own) throw new LogDiffers('A stored checkpoint is not one of this endpoint.');
  if (own.signed.size !== size) throw new LogDiffers('A stored checkpoint is not of the size that it is stored under.');
  return own;
}

/**
 * What is stored of a log is believed as far as its last checkpoint covers it: the stored hashes give its root, the last
 * leaf is the tree's, and the roster is the one that this leaf names. So whoever writes to the database and has no key of
 * the endpoint can stop a log, and cannot have anything appended to it or signed.
 * @throws when they differ: then nothing is appended. SetBackShown when it is not the log that is noted
 */
export async function readVerifiedLog(service: OpenEndpoint, unit: UnitId, locked: LockedUnit): Promise<VerifiedLog> {
  const log = await readStoredLog(service, unit, locked);
  await checkNote(service, unit, log.checkpoint, log.tree);
  return { ...log, isNoted: true };
}

/** The same of a log that may have been set back: to read from it. @throws when what is stored differs */
export async function readStoredLog(
  service: Pick<OpenEndpoint, 'keys' | 'rosters'>,
  unit: UnitId,
  locked: LockedUnit,
): Promise<StoredLog> {
  const { checkpoint: stored, tiles } = locked;
  if (!stored) return { checkpoint: seenNothing, leaf: null, roster: null, tree: await growTree(tiles, 0, []) };
  const { signed: checkpoint, by } = await verifyStored(service, unit, stored);
  const tree = await growTree(tiles, checkpoint.size, []);
  if (!sameBytes(tree.root, checkpoint.root))
    throw new LogDiffers('The stored hashes are not those of the last checkpoint.');
  const leaf = await readLeaf(locked, checkpoint, checkpoint.size);
  const roster = await service.rosters.read(unit, { size: checkpoint.size, head: leaf.rosterHead }, locked.roster);
  if (!roster) throw new LogDiffers('The log has begun, and founds no unit.');
  if (by !== roster.checkpointKey)
    throw new LogDiffers('The last checkpoint is not signed with the key that the roster names.');
  return { checkpoint: toSeen(checkpoint), leaf, roster, tree };
}

/**
 * The log goes on from what is noted of it, and is noted: another process may have appended, or this one was killed before it
 * noted what it had. @throws SetBackShown where it does not
 */
async function checkNote({ checkpointNotes }: OpenEndpoint, unit: UnitId, seen: Seen, tree: GrownTree): Promise<void> {
  const noted = await checkpointNotes.read(unit);
  if (!(await isOfTree(noted, tree))) throw new SetBackShown(noted);
  await checkpointNotes.note(unit, seen);
}

/**
 * By a proof: where a tile is full, the root is made of the tile above, and says nothing of the hash that is stored.
 * @param hash of the entry that should be there, where that is known
 * @throws when the entry that is stored there is not the one that the checkpoint covers
 */
export async function readLeaf(
  { tiles, leafAt }: LockedUnit,
  { size, root }: Pick<GrownTree, 'size' | 'root'>,
  position: Position,
  hash?: Digest,
): Promise<Leaf> {
  const leaf = await leafAt(position);
  const index = position - 1;
  const proof = await proveInclusion(readFromTiles(tiles, size), index, size);
  if (!leaf || !verifyInclusion(proof, { leaf: hashLeaf(formatLeaf(leaf)), index, size, root })) {
    throw new LogDiffers('A stored entry is not the one that the last checkpoint covers.');
  }
  if (hash && toBase64url(leaf.entry) !== hash) throw new LogDiffers('Another entry stands where this one should.');
  return leaf;
}
