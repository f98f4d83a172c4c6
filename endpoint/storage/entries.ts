import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, isInClear, type WireEntry } from '#shared/log/entry.ts';
import type { LogState } from '#shared/log/head.ts';
import type { Queries, SqlValue } from './sql.ts';
import type { PageRequest, StoredEntry, StoredRoster } from './storage.ts';

/*
 * The rows of a log. The parts of an entry are kept as they travel, each in a column of its own: a body is withdrawn by
 * a null, a box by putting its digest in its place.
 */

export interface NewEntry {
  readonly entry: Entry;
  readonly hash: Digest;
  /** The log with this entry as its last. */
  readonly head: LogState;
}

const columns = [
  ...['unit', 'position', 'head_hash', 'hash', 'id', 'author', 'stream', 'in_clear'],
  ...['header', 'signature', 'body', 'boxes'],
];

function valuesOf(unit: UnitId, { entry, hash, head }: NewEntry): SqlValue[] {
  const { header, wire } = entry;
  const { header: signed, signature, body, boxes } = wire;
  const place = [unit, head.position, head.hash, hash, header.id, header.author, header.stream, isInClear(entry)];
  return [...place, signed, signature, body, toCbor(boxes)];
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
  readonly headHash: Digest;
}

const wireOf = ({ header, signature, body, boxes }: PartsRow): WireEntry => ({
  ...{ header, signature, body },
  boxes: fromCbor(boxes) as WireEntry['boxes'],
});

/** In order, with the head of the log at each. */
export async function selectEntries(
  queries: Queries,
  unit: UnitId,
  { after, limit, mostBytes }: PageRequest,
): Promise<(StoredEntry & { readonly headHash: Digest })[]> {
  const rows = await queries.query<EntryRow>(
    `SELECT position, head_hash AS "headHash", header, signature, body, boxes FROM (
       SELECT *, sum(size) OVER (ORDER BY position) - size AS bytes_before FROM (
         SELECT *, octet_length(header) + octet_length(signature) + coalesce(octet_length(body), 0)
                   + octet_length(boxes) AS size
         FROM entries WHERE unit = $1 AND position > $2 ORDER BY position LIMIT $3
       ) AS asked
     ) AS measured WHERE bytes_before < $4 ORDER BY position`,
    [unit, after, limit, mostBytes],
  );
  return rows.map((row) => ({ position: row.position, headHash: row.headHash, wire: wireOf(row) }));
}

export async function selectRoster(queries: Queries, unit: UnitId): Promise<StoredRoster | null> {
  const [found] = await queries.query<{ founding: string | null }>('SELECT founding FROM units WHERE id = $1', [unit]);
  if (!found) return null;
  const rows = await queries.query<PartsRow>(
    'SELECT header, signature, body, boxes FROM entries WHERE unit = $1 AND in_clear ORDER BY position',
    [unit],
  );
  return { founding: found.founding, entries: rows.map(wireOf) };
}
