import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Digest, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { isInClear, type WireEntry } from '#shared/log/entry.ts';
import type { Queries, SqlValue } from './sql.ts';
import type { NewEntry, StoredEntry } from './storage.ts';

/*
 * The rows of a log. The parts of an entry are kept as they travel, each in a column of its own: a body is withdrawn by
 * a null, a box by putting the digest of its sealed part in place of that.
 */

const columns = [
  ...['unit', 'position', 'hash', 'id', 'author', 'stream', 'in_clear', 'arrived_at', 'roster_head'],
  ...['header', 'signature', 'body', 'boxes'],
];

function valuesOf(unit: UnitId, { entry, hash, position, leaf }: NewEntry): SqlValue[] {
  const { header, wire } = entry;
  const { header: signed, signature, body, boxes } = wire;
  const place = [unit, position, hash, header.id, header.author, header.stream, isInClear(entry)];
  return [...place, leaf.arrivedAt, leaf.rosterHead, signed, signature, body, toCbor(boxes)];
}

/** A push has at most 500, which is far from the 65,535 values that one statement may have. */
export async function insertEntries(tx: Queries, unit: UnitId, entries: readonly NewEntry[]): Promise<void> {
  const rows = entries.map((_, row) => {
    const places = columns.map((_, column) => `$${row * columns.length + column + 1}`);
    return `(${places.join(', ')})`;
  });
  await tx.query(
    `INSERT INTO entries (${columns.join(', ')}) VALUES ${rows.join(', ')}`,
    entries.flatMap((entry) => valuesOf(unit, entry)),
  );
}

interface PartsRow {
  readonly header: Bytes;
  readonly signature: Bytes;
  readonly body: Bytes | null;
  /** CBOR of the list, as it is in a wire entry. */
  readonly boxes: Bytes;
}

interface EntryRow extends PartsRow {
  readonly position: Position;
  readonly arrivedAt: number;
}

const wireOf = ({ header, signature, body, boxes }: PartsRow): WireEntry => ({
  ...{ header, signature, body },
  boxes: fromCbor(boxes) as WireEntry['boxes'],
});

const toStored = (row: EntryRow): StoredEntry => ({
  position: row.position,
  arrivedAt: row.arrivedAt,
  wire: wireOf(row),
});

/**
 * How far one page goes from `after` on, before it has so many entries or bytes: at least one entry.
 * @returns the position of its last; `after` when there are none
 */
export async function reachOf(
  queries: Queries,
  unit: UnitId,
  { after, limit, mostBytes }: { after: Position; limit: number; mostBytes: number },
): Promise<Position> {
  const [row] = await queries.query<{ last: Position | null }>(
    `SELECT max(position) AS last FROM (
       SELECT position, sum(size) OVER (ORDER BY position) - size AS bytes_before FROM (
         SELECT position, octet_length(header) + octet_length(signature) + coalesce(octet_length(body), 0)
                          + octet_length(boxes) AS size
         FROM entries WHERE unit = $1 AND position > $2 ORDER BY position LIMIT $3
       ) AS asked
     ) AS measured WHERE bytes_before < $4`,
    [unit, after, limit, mostBytes],
  );
  return row?.last ?? after;
}

/** Those after one position up to another, in order. */
export async function selectEntries(
  queries: Queries,
  unit: UnitId,
  after: Position,
  last: Position,
): Promise<StoredEntry[]> {
  const rows = await queries.query<EntryRow>(
    `SELECT position, arrived_at AS "arrivedAt", header, signature, body, boxes FROM entries
     WHERE unit = $1 AND position > $2 AND position <= $3 ORDER BY position`,
    [unit, after, last],
  );
  return rows.map(toStored);
}

/** The first entry of a stream. */
export async function selectFirstOf(queries: Queries, unit: UnitId, stream: StreamId): Promise<StoredEntry | null> {
  const [row] = await queries.query<EntryRow>(
    `SELECT position, arrived_at AS "arrivedAt", header, signature, body, boxes FROM entries
     WHERE unit = $1 AND stream = $2 ORDER BY position LIMIT 1`,
    [unit, stream],
  );
  return row ? toStored(row) : null;
}

export async function hasStream(queries: Queries, unit: UnitId, stream: StreamId): Promise<boolean> {
  const rows = await queries.query('SELECT 1 FROM entries WHERE unit = $1 AND stream = $2 LIMIT 1', [unit, stream]);
  return rows.length > 0;
}

export async function selectRosterPosition(queries: Queries, unit: UnitId, hash: Digest): Promise<Position | null> {
  const [row] = await queries.query<{ position: Position }>(
    'SELECT position FROM entries WHERE unit = $1 AND in_clear AND hash = $2',
    [unit, hash],
  );
  return row?.position ?? null;
}

/** As the leaf of the entry at that position has it. */
export async function selectRosterHead(queries: Queries, unit: UnitId, position: Position): Promise<Bytes | null> {
  const [row] = await queries.query<{ head: Bytes }>(
    'SELECT roster_head AS head FROM entries WHERE unit = $1 AND position = $2',
    [unit, position],
  );
  return row?.head ?? null;
}

/** Body and boxes of an entry, which may lack parts by now. */
export async function updateParts(
  queries: Queries,
  unit: UnitId,
  position: Position,
  { body, boxes }: WireEntry,
): Promise<void> {
  await queries.query('UPDATE entries SET body = $3, boxes = $4 WHERE unit = $1 AND position = $2', [
    ...[unit, position, body, toCbor(boxes)],
  ]);
}

/** Its entries in the clear after the position, in order. */
export async function selectRoster(
  queries: Queries,
  unit: UnitId,
  after: Position,
  to: Position = Number.MAX_SAFE_INTEGER,
): Promise<WireEntry[]> {
  const rows = await queries.query<PartsRow>(
    `SELECT header, signature, body, boxes FROM entries
     WHERE unit = $1 AND position > $2 AND position <= $3 AND in_clear ORDER BY position`,
    [unit, after, to],
  );
  return rows.map(wireOf);
}
