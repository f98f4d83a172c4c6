import { type Bytes, fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { AuthorKey, Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Entry, isInClear, parseEntry } from '#shared/log/entry.ts';
import type { LogState } from '#shared/log/log-state.ts';
import { type Fork, toSeen } from '#shared/log/seen.ts';
import { type GrownTree, growTree } from '#shared/log/tree/grow-tree.ts';
import { formatLeaf, hashSignedHeader, type LeafGround, nextLeaf } from '#shared/log/tree/leaf.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { TileBroken, type TileReader } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf, sameBytes } from '#shared/log/tree/tree-hash.ts';
import type { Page } from './wire.ts';

/** Why a page of the log is not believed. Nothing of such a page is applied. */
export interface PageFault {
  readonly code:
    | 'checkpoint-signature'
    | 'other-unit'
    | 'gap'
    | 'rolled-back'
    | 'forked'
    | 'entry-malformed'
    | 'suite-newer';
  readonly position: Position;
  /** Where the endpoint signed another tree of the size that was read here. */
  readonly fork: Fork | null;
}

export interface ConfirmedEntry {
  readonly position: Position;
  readonly entry: Entry;
  readonly hash: Digest;
  /** When the endpoint took it in: milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** The entries of a page, and the tree with them: nothing of it is believed yet. */
export interface UnprovedPage {
  readonly entries: readonly ConfirmedEntry[];
  readonly tree: GrownTree;
}

export interface AcceptedPage extends UnprovedPage {
  /** With these entries. */
  readonly log: LogState;
}

/** Whose log it is, and who signs it. */
export interface PageSigner {
  readonly unit: UnitId;
  /**
   * The key for checkpoints that the roster names once it has a page's entries. Null when those keys cannot be the endpoint's.
   * @param isLast whether the log is said to end with them
   */
  readonly keyAfter: (page: UnprovedPage, isLast: boolean) => Promise<AuthorKey | null> | AuthorKey | null;
}

/**
 * Checks that a page extends the log exactly as this replica last saw it: no entry dropped, reordered, replayed or
 * invented, times that never go back, a roster head that goes on with the roster, all under a checkpoint that the endpoint
 * signed with the key that the roster names after them. Signatures of the entries themselves, and what they claim to have
 * seen, are checked here only as far as that key follows from them.
 * @param tiles of the tree as it was read so far
 * @throws TileBroken when those are damaged, or are not of this log
 */
export async function acceptPage(
  page: Page,
  log: LogState,
  { unit, keyAfter }: PageSigner,
  tiles: TileReader,
): Promise<Result<AcceptedPage, PageFault>> {
  const { size } = log;
  const fault = (code: PageFault['code'], position: Position, fork: Fork | null = null) =>
    err({ code, position, fork });
  const read = readPage(page, log, unit);
  if (!read.ok) return fault(read.error.code, read.error.position);
  const { entries, ground, hashes } = read.value;
  const position = size + entries.length;
  const tree = await growTree(tiles, size, hashes);
  if (!sameBytes(await tree.rootAt(size), fromBase64url(log.root))) throw new TileBroken('root');
  const key = await keyAfter({ entries, tree }, page.end <= position);
  if (!key) return fault('checkpoint-signature', size);
  const signed = await verifySignedCheckpoint(page.checkpoint, { unit, key });
  if (!signed.ok) {
    return fault(signed.error.code === 'checkpoint-other-log' ? 'other-unit' : 'checkpoint-signature', size);
  }
  const checkpoint = toSeen(signed.value);
  if (page.end < size || checkpoint.size < size) return fault('rolled-back', size);
  if (checkpoint.size !== position) return fault('gap', position + 1);
  if (!sameBytes(tree.root, signed.value.root)) {
    return fault('forked', position, entries.length === 0 ? { ours: log.root, other: checkpoint } : null);
  }
  const { arrivedAt, rosterHead } = ground;
  const after = { arrivedAt, rosterHead: toBase64url(rosterHead) as Digest, checkpoint };
  return ok({ entries, log: { size: position, root: checkpoint.root, ...after }, tree });
}

interface ReadPage {
  readonly entries: readonly ConfirmedEntry[];
  readonly ground: LeafGround;
  /** Of the leaves, in order. */
  readonly hashes: readonly Bytes[];
}

/** The entries of a page, and the leaves that they must have. */
function readPage(page: Page, log: LogState, unit: UnitId): Result<ReadPage, Pick<PageFault, 'code' | 'position'>> {
  const entries: ConfirmedEntry[] = [];
  const hashes: Bytes[] = [];
  let ground: LeafGround = { arrivedAt: log.arrivedAt, rosterHead: fromBase64url(log.rosterHead) };
  let position = log.size;
  for (const item of page.entries) {
    position += 1;
    if (item.position !== position) return err({ code: 'gap', position });
    const parsed = parseEntry(item.entry);
    if (!parsed.ok) {
      const code = parsed.error.params.part === 'suite' ? 'suite-newer' : 'entry-malformed';
      return err({ code, position });
    }
    const entry = parsed.value;
    if (entry.header.unit !== unit) return err({ code: 'other-unit', position });
    const leaf = nextLeaf(ground, hashSignedHeader(entry.wire), isInClear(entry), item.at);
    ground = leaf;
    hashes.push(hashLeaf(formatLeaf(leaf)));
    entries.push({ position, entry, hash: toBase64url(leaf.entry) as Digest, arrivedAt: leaf.arrivedAt });
  }
  return ok({ entries, ground, hashes });
}
