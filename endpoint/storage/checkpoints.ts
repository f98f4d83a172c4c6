import type { Position, UnitId } from '#shared/kernel/ids.ts';
import type { Queries } from './sql.ts';
import type { StoredCheckpoint } from './storage.ts';

/** The last one, or the one of that size. */
export async function selectCheckpoint(
  queries: Queries,
  unit: UnitId,
  size: number | null = null,
): Promise<StoredCheckpoint | null> {
  const [row] = await queries.query<StoredCheckpoint>(
    'SELECT size, note FROM checkpoints WHERE unit = $1 AND ($2::bigint IS NULL OR size = $2) ORDER BY size DESC LIMIT 1',
    [unit, size],
  );
  return row ?? null;
}

/** The last one that a page from `after` can end at without going beyond `reach`; else the first after it. */
export async function checkpointWithin(
  queries: Queries,
  unit: UnitId,
  after: Position,
  reach: Position,
): Promise<StoredCheckpoint | null> {
  const [row] = await queries.query<StoredCheckpoint>(
    `(SELECT size, note FROM checkpoints WHERE unit = $1 AND size > $2 AND size <= $3 ORDER BY size DESC LIMIT 1)
     UNION ALL
     (SELECT size, note FROM checkpoints WHERE unit = $1 AND size > $3 ORDER BY size LIMIT 1)
     LIMIT 1`,
    [unit, after, reach],
  );
  return row ?? null;
}
