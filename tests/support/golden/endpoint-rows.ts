import type { Queries } from '#endpoint/storage/sql.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type GoldenEndpoint, withBytes } from './golden-file.ts';

/** Tables that were made by the migrations, in an order in which rows can be put in. */
export async function tablesOf(sql: Queries): Promise<string[]> {
  const found = await sql.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`,
  );
  const names = found.map(({ name }) => name).filter((name) => name !== 'schema_migrations');
  const first = ['units', 'devices', 'reports'].filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name))];
}

async function rowsOf(sql: Queries, table: string): Promise<Record<string, unknown>[]> {
  const rows = await sql.query<{ row: Record<string, unknown> }>(
    `SELECT row_to_json(${table}) AS row FROM ${table} ORDER BY ${table}::text COLLATE "C"`,
  );
  return rows.map(({ row }) => row);
}

/** Bytes as PostgreSQL shows them in JSON, and as the files do. */
const hex = /^\\x([0-9a-f]*)$/;
const toFile = (row: Record<string, unknown>): Record<string, unknown> =>
  mapValues(row, (value) => {
    const [, digits] = (typeof value === 'string' && hex.exec(value)) || [];
    return digits === undefined ? value : { bytes: Buffer.from(digits, 'hex').toString('base64url') };
  });
const fromFile = (row: Record<string, unknown>): Record<string, unknown> =>
  mapValues(withBytes(row) as Record<string, unknown>, (value) =>
    value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
  );
const mapValues = (row: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, map(value)]));

/** Every row of the database. */
export async function dumpRows(sql: Queries): Promise<GoldenEndpoint['tables']> {
  const dumped: Record<string, Record<string, unknown>[]> = {};
  for (const table of await tablesOf(sql)) dumped[table] = (await rowsOf(sql, table)).map(toFile);
  return dumped;
}

/**
 * What one unit's workstation can ask of: its own checkpoints and chunks, and of the others the last checkpoint, since what is
 * answered to them goes into their logs. Of the many tokens that were used, a few.
 */
export function ofUnit(tables: GoldenEndpoint['tables'], unit: UnitId): GoldenEndpoint['tables'] {
  const { checkpoints = [], blobs = [], used_tokens = [], ...rest } = tables;
  const isLast = (row: Record<string, unknown>) =>
    checkpoints.every((each) => each.unit !== row.unit || Number(each.size) <= Number(row.size));
  const kept = {
    checkpoints: checkpoints.filter((row) => row.unit === unit || isLast(row)),
    blobs: blobs.filter((row) => row.unit === unit),
    used_tokens: used_tokens.slice(0, 3),
  };
  return Object.fromEntries(Object.keys(tables).map((table) => [table, { ...rest, ...kept }[table] ?? []]));
}

/** Puts them into an empty database. A column that the table does not have is an error; one that is missing shows when they are dumped again. */
export async function loadRows(sql: Queries, tables: GoldenEndpoint['tables']): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    await sql.query(`DELETE FROM ${table}`);
    for (const row of rows) {
      const columns = Object.keys(row).join(', ');
      await sql.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_record(null::${table}, $1::json)`,
        [JSON.stringify(fromFile(row))],
      );
    }
  }
}
