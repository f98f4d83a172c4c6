import type { Bytes } from '#shared/crypto/encoding.ts';
import type { AuthorKey, Digest, EntryId, Position, UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { extendHash, type LogState } from '#shared/log/head.ts';
import { copyBlobs, insertBlob } from './blobs.ts';
import { insertEntries, type NewEntry, selectRoster } from './entries.ts';
import type { Queries } from './sql.ts';
import type { LockedUnit, StoredRoster } from './storage.ts';
import { findTransfer, insertTransfer, updateAnswered } from './transfers.ts';
import { announcePosition } from './watch-positions.ts';

/** The reference that the report with this id was given; null when it was not received. */
export async function reportReference(queries: Queries, id: string): Promise<string | null> {
  const [row] = await queries.query<{ reference: string }>('SELECT reference FROM reports WHERE id = $1', [id]);
  return row?.reference ?? null;
}

/**
 * Locks the row first and reads in later statements: in READ COMMITTED, a subquery of the locking statement itself
 * would still see what was there before it waited.
 */
export async function lockUnit(tx: Queries, unit: UnitId): Promise<LockedUnit> {
  const [log] = await tx.query<LogState>('SELECT position, head_hash AS hash FROM units WHERE id = $1 FOR UPDATE', [
    unit,
  ]);
  if (!log) throw new Error('The unit is unknown.');
  return {
    log,
    tipOf: (author) => tipOf(tx, unit, author),
    find: (ids) => find(tx, unit, ids),
    roster: () => lockedRoster(tx, unit),
    recordFounding: async (statement) => {
      await tx.query('UPDATE units SET founding = $2 WHERE id = $1', [unit, statement]);
    },
    append: (entries) => append(tx, unit, log, entries),
    nextReferenceNumber: async () => {
      const [row] = await tx.query<{ last: number }>('UPDATE reference_counter SET last = last + 1 RETURNING last');
      if (!row) throw new Error('The reference counter is missing.');
      return row.last;
    },
    reportReference: (id) => reportReference(tx, id),
    recordReport: async (id, reference, from) => {
      await tx.query(
        `INSERT INTO reports (id, unit, reference, organisation)
         VALUES ($1, $2, $3, (SELECT organisation FROM devices WHERE key = $4))`,
        [id, unit, reference, from],
      );
    },
    putBlob: (digest: Digest, bytes: Bytes) => insertBlob(tx, unit, digest, bytes),
    copyBlobs: (from, digests) => copyBlobs(tx, from, unit, digests),
    transfer: (id) => findTransfer(tx, id),
    recordTransfer: (transfer) => insertTransfer(tx, transfer),
    recordAnswer: (id, answer) => updateAnswered(tx, id, answer),
  };
}

async function lockedRoster(tx: Queries, unit: UnitId): Promise<StoredRoster> {
  const roster = await selectRoster(tx, unit);
  if (!roster) throw new Error('The unit is unknown.');
  return roster;
}

async function tipOf(tx: Queries, unit: UnitId, author: AuthorKey): Promise<Digest | null> {
  const [tip] = await tx.query<{ hash: Digest }>(
    'SELECT hash FROM entries WHERE unit = $1 AND author = $2 ORDER BY position DESC LIMIT 1',
    [unit, author],
  );
  return tip?.hash ?? null;
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
  log: LogState,
  entries: readonly { entry: Entry; hash: Digest }[],
): Promise<void> {
  let head = log;
  const rows: NewEntry[] = [];
  for (const { entry, hash } of entries) {
    head = { position: head.position + 1, hash: await extendHash(head.hash, hash) };
    rows.push({ entry, hash, head });
  }
  await insertEntries(tx, unit, rows);
  await tx.query('UPDATE units SET position = $2, head_hash = $3 WHERE id = $1', [unit, head.position, head.hash]);
  await announcePosition(tx, unit, head.position);
}
