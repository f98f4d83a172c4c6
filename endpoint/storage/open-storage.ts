import { pgSql } from './pg-sql.ts';
import { memorySql, pgliteSql } from './pglite-sql.ts';
import { sqlStorage } from './sql-storage.ts';
import type { Storage } from './storage.ts';

/** For tests: everything is gone when the process ends. */
export const inMemory = 'memory://';

/** @param databaseUrl of PostgreSQL, or `inMemory`. Without one, PGlite in the data folder, which must be locked. */
export async function openStorage(folder: string, databaseUrl: string | undefined): Promise<Storage> {
  if (databaseUrl === inMemory) return sqlStorage(await memorySql());
  return sqlStorage(databaseUrl ? await pgSql(databaseUrl) : await pgliteSql(folder));
}
