import type { Digest, Position, UnitId } from '#shared/kernel/ids.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import type { LogState } from '#shared/log/head.ts';
import { lockUnit, reportReference } from './locked-unit.ts';
import type { Queries, Sql } from './sql.ts';
import type { PageRequest, Storage, StoredPage } from './storage.ts';

/** PostgreSQL's codes for "another transaction was in the way": serialisation, deadlock, unique key. */
const conflicts = new Set(['40001', '40P01', '23505']);
const mostAttempts = 3;

async function repeatOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === mostAttempts || !conflicts.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}

export const sqlLog = (sql: Sql): Pick<Storage, 'withUnit' | 'log' | 'page' | 'reportReference'> => ({
  withUnit: (unit, task) => repeatOnConflict(() => sql.transaction(async (tx) => task(await lockUnit(tx, unit)))),
  log: (unit) => currentLog(sql, unit),
  page: (unit, request) => readPage(sql, unit, request),
  reportReference: (id) => reportReference(sql, id),
});

async function currentLog(queries: Queries, unit: UnitId): Promise<LogState> {
  const [log] = await queries.query<LogState>('SELECT position, head_hash AS hash FROM units WHERE id = $1', [unit]);
  if (!log) throw new Error('The unit is unknown.');
  return log;
}

interface PageRow {
  readonly position: Position;
  readonly wire: string;
  readonly headHash: Digest;
}

async function readPage(sql: Sql, unit: UnitId, { after, limit, mostCharacters }: PageRequest): Promise<StoredPage> {
  // Read before the entries: what is appended in between makes the page end later than it says, which is harmless.
  const log = await currentLog(sql, unit);
  if (after >= log.position) return { entries: [], log, end: log.position };
  const rows = await sql.query<PageRow>(
    `SELECT position, wire, head_hash AS "headHash" FROM (
       SELECT position, wire, head_hash,
              sum(octet_length(wire)) OVER (ORDER BY position) - octet_length(wire) AS characters_before
       FROM (SELECT position, wire, head_hash FROM entries
             WHERE unit = $1 AND position > $2 ORDER BY position LIMIT $3) AS asked
     ) AS measured WHERE characters_before < $4 ORDER BY position`,
    [unit, after, limit, mostCharacters],
  );
  const last = rows.at(-1);
  if (!last) throw new Error('The log ends before the position that its unit states.');
  return {
    entries: rows.map(({ position, wire }) => ({ position, wire: JSON.parse(wire) as WireEntry })),
    log: { position: last.position, hash: last.headHash },
    end: Math.max(log.position, last.position),
  };
}
