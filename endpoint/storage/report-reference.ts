import type { Queries } from './sql.ts';

/** The reference that the report with this id was given; null when it was not received. */
export async function reportReference(queries: Queries, id: string): Promise<string | null> {
  const [row] = await queries.query<{ reference: string }>('SELECT reference FROM reports WHERE id = $1', [id]);
  return row?.reference ?? null;
}
