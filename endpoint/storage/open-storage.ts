import { besideNoTransaction } from './beside-no-transaction.ts';
import { sqlBlobs } from './blobs.ts';
import { sqlCodes } from './codes.ts';
import { sqlDevices } from './devices.ts';
import { sqlDirectory } from './directory.ts';
import { sqlLog } from './log.ts';
import { migrate } from './migrations.ts';
import { sqlOutcomes } from './outcomes.ts';
import { pgSql } from './pg-sql.ts';
import { pgliteSql } from './pglite-sql.ts';
import type { Sql } from './sql.ts';
import type { Storage } from './storage.ts';
import { sqlTransfers } from './transfers.ts';
import { sqlUnits } from './units.ts';
import { watchPositions } from './watch-positions.ts';

/** Brings the schema up to date. The storage owns the database from here on. */
export async function sqlStorage(database: Sql): Promise<Storage> {
  const sql = besideNoTransaction(database);
  await migrate(sql);
  return {
    ...sqlUnits(sql),
    ...sqlDirectory(sql),
    ...sqlCodes(sql),
    ...sqlDevices(sql),
    ...sqlLog(sql),
    ...sqlBlobs(sql),
    ...sqlTransfers(sql),
    ...sqlOutcomes(sql),
    watch: (listener) => watchPositions(sql, listener),
    ping: async () => {
      await sql.query('SELECT 1');
    },
    close: () => sql.close(),
  };
}

/** @param databaseUrl of PostgreSQL. Without one, PGlite in the data folder, which must be locked. */
export async function openStorage(folder: string, databaseUrl: string | undefined): Promise<Storage> {
  return sqlStorage(databaseUrl ? await pgSql(databaseUrl) : await pgliteSql(folder));
}
