import type { UnitId } from '#shared/kernel/ids.ts';
import type { Queries } from './sql.ts';
import type { PostedReport, ReceivedReport } from './storage.ts';

/** Null when the device posted nothing under this id. */
export async function selectReport(queries: Queries, { device, id }: PostedReport): Promise<ReceivedReport | null> {
  const [row] = await queries.query<ReceivedReport>(
    'SELECT reference, content FROM reports WHERE device = $1 AND id = $2',
    [device, id],
  );
  return row ?? null;
}

export async function insertReport(
  queries: Queries,
  unit: UnitId,
  { device, id }: PostedReport,
  { reference, content }: ReceivedReport,
): Promise<void> {
  await queries.query(
    `INSERT INTO reports (device, id, content, unit, reference, organisation)
     VALUES ($1, $2, $3, $4, $5, (SELECT organisation FROM devices WHERE key = $1))`,
    [device, id, content, unit, reference],
  );
}
