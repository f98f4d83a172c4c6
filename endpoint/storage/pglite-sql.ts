import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteOptions, types } from '@electric-sql/pglite';
import { DurableFiles, flushTree } from './durable-files.ts';
import type { Queries, Sql, SqlValue } from './sql.ts';
import { StoppingPGlite } from './stopping-pglite.ts';

/**
 * Without `-F`, which would switch fsync off; see durable-files.ts. Bounded, so that the journal stays small. It prepares all
 * its buffers at each start, and their usual 128 MB are half of what that takes; the system has a cache of its own.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync', '-c', 'max_wal_size=128MB', '-c', 'shared_buffers=16MB'],
];
const options: PGliteOptions = { startParams, parsers: { [types.INT8]: Number } };

/** @param folder the endpoint's data folder, locked by this process: PGlite itself does not keep a second one out */
export async function pgliteSql(folder: string): Promise<Sql> {
  const database = join(folder, 'database');
  if (!existsSync(database)) await create(folder, database);
  // Left by a killed process; the lock of the folder proves that none lives.
  await rm(join(database, 'postmaster.pid'), { force: true });
  return overPglite(await StoppingPGlite.open({ ...options, fs: new DurableFiles(database) }));
}

/** Creating takes seconds. A rename, which is atomic, shows the database only when it is whole. */
async function create(folder: string, database: string): Promise<void> {
  const staging = join(folder, 'database.creating');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const db = await PGlite.create(staging);
  await db.close();
  await flushTree(staging);
  await rename(staging, database);
}

function overPglite(db: PGlite): Sql {
  return {
    ...queriesOf(db),
    transaction: (task) => db.transaction((tx) => task(queriesOf(tx))),
    listen: async (channel, onMessage) => {
      await db.listen(channel, onMessage);
    },
    close: () => db.close(),
  };
}

const queriesOf = (db: Pick<PGlite, 'query' | 'exec'>): Queries => ({
  query: async <R>(text: string, values: readonly SqlValue[] = []) => (await db.query<R>(text, [...values])).rows,
  script: async (text) => {
    await db.exec(text);
  },
});
