import { fsyncSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, fsyncSync: vi.fn(fs.fsyncSync) };
});

const folder = suiteFolder();
let sql: Sql;

beforeAll(async () => {
  await plantDatabase(folder());
  sql = await pgliteSql(folder());
  await sql.query('CREATE TABLE kept (value integer)');
}, 60_000);
afterAll(() => sql.close());

async function flushesDuring(work: () => Promise<unknown>): Promise<number> {
  vi.mocked(fsyncSync).mockClear();
  await work();
  return vi.mocked(fsyncSync).mock.calls.length;
}

// Guards against a PGlite whose files work otherwise: then a power cut could take back what was acknowledged.
test('a commit is on the disk when it is answered', async () => {
  expect(await flushesDuring(() => sql.query('INSERT INTO kept VALUES (1)'))).toBeGreaterThan(0);
  const transaction = sql.transaction((tx) => tx.query('INSERT INTO kept VALUES (2)'));
  expect(await flushesDuring(() => transaction)).toBeGreaterThan(0);
  expect(await flushesDuring(() => sql.query('CHECKPOINT'))).toBeGreaterThan(1);
});

test('reading waits for nothing', async () => {
  expect(await flushesDuring(() => sql.query('SELECT * FROM kept'))).toBe(0);
});
