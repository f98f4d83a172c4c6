/**
 * Takes the journal away from the database in the folder that it is given, and prints what PGlite answers after that. A
 * process of its own, to be killed: PGlite that spins can be stopped in no other way.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';

const [folder = ''] = process.argv.slice(2);
const sql = await pgliteSql(folder);
await sql.script('CREATE TABLE kept (number int)');
await rm(join(folder, 'database/pg_wal'), { recursive: true });
// The rest of the journal file that is open is given up: the next statement needs another, which cannot be made.
await sql.query('SELECT pg_switch_wal()');

const codeOf = (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => 'done',
    (error: { code?: unknown }) => error.code,
  );
const insert = 'INSERT INTO kept VALUES (2)';
const answers = [
  await codeOf(sql.transaction((tx) => tx.query(insert))),
  await codeOf(sql.query(insert)),
  await codeOf(sql.query('SELECT 1')),
  await codeOf(sql.close()),
];
console.log(JSON.stringify(answers));
// PGlite leaves a timer of ten seconds behind, which is for nothing.
process.exit();
