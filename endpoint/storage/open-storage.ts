import { pgSql } from './pg-sql.ts';
import { pgliteSql } from './pglite-sql.ts';
import { sqlStorage } from './sql-storage.ts';
import type { Storage } from './storage.ts';

/** @param databaseUrl of PostgreSQL. Without one, PGlite in the data folder, which must be locked. */
export async function openStorage(folder: string, databaseUrl: string | undefined): Promise<Storage> {
  return sqlStorage(databaseUrl ? await pgSql(databaseUrl) : await pgliteSql(folder));
}
