import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import type { Queries, Sql } from './sql.ts';
import type { Storage } from './storage.ts';

export const sqlBlobs = (sql: Sql): Pick<Storage, 'putBlob' | 'blob'> => ({
  putBlob: (unit, digest, bytes) => insertBlob(sql, unit, digest, bytes),

  blob: async (unit, digest) => {
    const [row] = await sql.query<{ bytes: Bytes }>('SELECT bytes FROM blobs WHERE unit = $1 AND digest = $2', [
      unit,
      digest,
    ]);
    return row?.bytes ?? null;
  },
});

/** A blob is named by its content, so that the second of two is the same as the first. */
export async function insertBlob(queries: Queries, unit: UnitId, digest: Digest, bytes: Bytes): Promise<void> {
  await queries.query('INSERT INTO blobs (unit, digest, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    unit,
    digest,
    bytes,
  ]);
}

/** False when `from` does not have them all; those that it has were copied all the same. */
export async function copyBlobs(
  queries: Queries,
  from: UnitId,
  to: UnitId,
  digests: readonly Digest[],
): Promise<boolean> {
  await queries.query(
    `INSERT INTO blobs (unit, digest, bytes)
     SELECT $2, digest, bytes FROM blobs WHERE unit = $1 AND digest = ANY($3::text[]) ON CONFLICT DO NOTHING`,
    [from, to, digests],
  );
  const [row] = await queries.query<{ count: number }>(
    'SELECT count(*) AS count FROM blobs WHERE unit = $1 AND digest = ANY($2::text[])',
    [from, digests],
  );
  return row?.count === new Set(digests).size;
}
