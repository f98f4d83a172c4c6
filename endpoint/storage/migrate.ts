import { migrations } from './migrations.ts';
import type { Queries, Sql } from './sql.ts';

/** Any number that no other program on this database uses: keeps two starting processes from migrating at once. */
const lockId = 7_304_210_001;

/** Brings the schema up to date in one transaction. @throws when the database was made by a newer endpoint */
export async function migrate(sql: Sql): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lockId]);
    await tx.query('CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY)');
    const applied = await appliedVersions(tx);
    const known = new Set(migrations.map(({ version }) => version));
    if (applied.some((version) => !known.has(version))) {
      throw new Error('The database was made by a newer version of the endpoint. Update the endpoint.');
    }
    for (const { version, sql: text } of migrations.filter((migration) => !applied.includes(migration.version))) {
      await tx.script(text);
      await tx.query('INSERT INTO schema_migrations (version) VALUES ($1)', [version]);
    }
  });
}

async function appliedVersions(tx: Queries): Promise<number[]> {
  const rows = await tx.query<{ version: number }>('SELECT version FROM schema_migrations');
  return rows.map(({ version }) => version);
}
