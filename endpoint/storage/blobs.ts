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
