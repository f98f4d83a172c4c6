import { expect, test } from 'vitest';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { readLog } from '#tests/support/golden/fold-log.ts';
import { type GoldenRow, type GoldenStore, readGolden } from '#tests/support/golden/golden-file.ts';
import { recordTables, rowKeys } from '#tests/support/golden/record-store.ts';
import { shapesOf } from '#tests/support/golden/shape.ts';
import { leaveTraces } from '#tests/support/golden/traces.ts';

/*
 * Rows of the local store have no schema: only the vault that sealed one reads it. So what this program writes of the golden
 * log is held against what was written of it then: a field more or less means that rows which lie on disks lack or have it.
 */

const keys = readGolden('keys');
const golden = readGolden('store');

/** Chunks are ciphertext. What follows from the log outside it needs an endpoint that does something. */
const elsewhere = ['blobs', 'meta followUps'];
const isWrittenHere = (kind: string): boolean => !elsewhere.some((each) => kind.startsWith(each));

const kindOf = (table: string, key: string | number): string => {
  if (table !== 'meta' && !String(key).includes('/d:')) return table === 'outbox' && key === 0 ? 'outbox tips' : table;
  return `${table} ${String(key).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '*')}`;
};

const valuesOf = ({ holds }: GoldenRow): readonly unknown[] => {
  if (!holds) return [];
  if ('lines' in holds) return holds.lines;
  return [Object.values(holds)[0]];
};

function shapesByKind(tables: GoldenStore['tables']): Record<string, readonly string[]> {
  const values = new Map<string, unknown[]>();
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const kind = kindOf(table, row.key);
      if (isWrittenHere(kind)) values.set(kind, [...(values.get(kind) ?? []), ...valuesOf(row)]);
    }
  }
  return Object.fromEntries([...values].sort().map(([kind, all]) => [kind, [...shapesOf(all)].sort()]));
}

test('what is written of the same log today has the same fields', async () => {
  const { desk, store } = await readLog(golden, keys, readGolden('log'), readGolden('tree'), readGolden('directory'));
  await leaveTraces(desk, store);
  const { id, secrets } = desk.vault.log.readership;
  const readerships = { [id]: secrets.map(toBase64url) };
  const under = await rowKeys(keys.slots, { ...golden, readerships }, keys.unit);
  const fresh = shapesByKind(await recordTables(store, under));
  desk.close();
  const then = shapesByKind(golden.tables);
  expect(Object.keys(fresh)).toEqual(Object.keys(then));
  for (const [kind, shapes] of Object.entries(then)) expect(fresh[kind], kind).toEqual(shapes);
});
