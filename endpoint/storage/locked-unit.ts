import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import type { AuthorKey, Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { FilledTile } from '#shared/log/tree/grow-tree.ts';
import type { Leaf } from '#shared/log/tree/leaf.ts';
import { copyBlobs, insertBlob } from './blobs.ts';
import { selectCheckpoint } from './checkpoints.ts';
import {
  hasStream,
  insertEntries,
  selectEntries,
  selectFirstOf,
  selectRoster,
  selectRosterPosition,
  updateParts,
} from './entries.ts';
import { insertReport, selectReport } from './reports.ts';
import type { Queries } from './sql.ts';
import type { LockedUnit, NewEntry, StoredCheckpoint } from './storage.ts';
import { selectTiles, upsertTiles } from './tiles.ts';
import { findTransfer, insertTransfer, updateAnswered } from './transfers.ts';
import { announcePosition } from './watch-positions.ts';

/**
 * Locks the row first and reads in later statements: in READ COMMITTED, a subquery of the locking statement itself
 * would still see what was there before it waited.
 */
export async function lockUnit(tx: Queries, unit: UnitId): Promise<LockedUnit> {
  const [row] = await tx.query<{ setBack: Seen | null }>(
    'SELECT set_back AS "setBack" FROM units WHERE id = $1 FOR UPDATE',
    [unit],
  );
  if (!row) throw new Error('The unit is unknown.');
  return {
    checkpoint: await selectCheckpoint(tx, unit),
    setBack: row.setBack,
    tiles: { readTiles: (tiles) => selectTiles(tx, unit, tiles) },
    leafAt: (position) => leafAt(tx, unit, position),
    tipOf: (author) => tipOf(tx, unit, author),
    find: (ids) => find(tx, unit, ids),
    roster: (after, to) => selectRoster(tx, unit, after, to),
    checkpointOf: (size) => selectCheckpoint(tx, unit, size),
    firstOf: (stream) => selectFirstOf(tx, unit, stream),
    hasStream: (stream) => hasStream(tx, unit, stream),
    rosterPosition: (hash) => selectRosterPosition(tx, unit, hash),
    entriesAfter: (position, limit) => selectEntries(tx, unit, position, position + limit),
    replaceParts: (position, wire) => updateParts(tx, unit, position, wire),
    deleteBlobs: async (digests) => {
      await tx.query('DELETE FROM blobs WHERE unit = $1 AND digest = ANY($2)', [unit, digests]);
    },
    append: (entries, checkpoint, tiles) => append(tx, unit, entries, checkpoint, tiles),
    nextReferenceNumber: async () => {
      const [row] = await tx.query<{ last: number }>('UPDATE reference_counter SET last = last + 1 RETURNING last');
      if (!row) throw new Error('The reference counter is missing.');
      return row.last;
    },
    receivedReport: (posted) => selectReport(tx, posted),
    recordReport: (posted, received) => insertReport(tx, unit, posted, received),
    putBlob: (digest: Digest, bytes: Bytes) => insertBlob(tx, unit, digest, bytes),
    copyBlobs: (from, digests) => copyBlobs(tx, from, unit, digests),
    transfer: (id) => findTransfer(tx, id),
    recordTransfer: (transfer) => insertTransfer(tx, transfer),
    recordAnswer: (id, answer) => updateAnswered(tx, id, answer),
  };
}

async function leafAt(tx: Queries, unit: UnitId, position: Position): Promise<Leaf | null> {
  const [row] = await tx.query<{ hash: Digest; arrivedAt: number; rosterHead: Bytes }>(
    `SELECT hash, arrived_at AS "arrivedAt", roster_head AS "rosterHead" FROM entries
     WHERE unit = $1 AND position = $2`,
    [unit, position],
  );
  return row ? { entry: fromBase64url(row.hash), arrivedAt: row.arrivedAt, rosterHead: row.rosterHead } : null;
}

async function tipOf(tx: Queries, unit: UnitId, author: AuthorKey) {
  const [tip] = await tx.query<{ hash: Digest; header: Bytes }>(
    'SELECT hash, header FROM entries WHERE unit = $1 AND author = $2 ORDER BY position DESC LIMIT 1',
    [unit, author],
  );
  return tip ?? null;
}

async function find(tx: Queries, unit: UnitId, ids: readonly EntryId[]) {
  const rows = await tx.query<{ id: EntryId; position: Position; hash: Digest }>(
    'SELECT id, position, hash FROM entries WHERE unit = $1 AND id = ANY($2::uuid[])',
    [unit, ids],
  );
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

async function append(
  tx: Queries,
  unit: UnitId,
  entries: readonly NewEntry[],
  { size, note }: StoredCheckpoint,
  tiles: readonly FilledTile[],
): Promise<void> {
  await insertEntries(tx, unit, entries);
  await upsertTiles(tx, unit, tiles);
  await tx.query('INSERT INTO checkpoints (unit, size, note) VALUES ($1, $2, $3)', [unit, size, note]);
  await announcePosition(tx, unit, size);
}
