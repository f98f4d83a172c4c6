import type { UnitId } from '#shared/kernel/ids.ts';
import type { LogState } from '#shared/log/head.ts';
import { selectEntries, selectRoster } from './entries.ts';
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

export const sqlLog = (sql: Sql): Pick<Storage, 'withUnit' | 'log' | 'page' | 'roster' | 'reportReference'> => ({
  withUnit: (unit, task) => repeatOnConflict(() => sql.transaction(async (tx) => task(await lockUnit(tx, unit)))),
  log: (unit) => currentLog(sql, unit),
  page: (unit, request) => readPage(sql, unit, request),
  roster: (unit) => selectRoster(sql, unit),
  reportReference: (id) => reportReference(sql, id),
});

async function currentLog(queries: Queries, unit: UnitId): Promise<LogState> {
  const [log] = await queries.query<LogState>('SELECT position, head_hash AS hash FROM units WHERE id = $1', [unit]);
  if (!log) throw new Error('The unit is unknown.');
  return log;
}

async function readPage(sql: Sql, unit: UnitId, request: PageRequest): Promise<StoredPage> {
  // Read before the entries: what is appended in between makes the page end later than it says, which is harmless.
  const log = await currentLog(sql, unit);
  if (request.after >= log.position) return { entries: [], log, end: log.position };
  const entries = await selectEntries(sql, unit, request);
  const last = entries.at(-1);
  if (!last) throw new Error('The log ends before the position that its unit states.');
  return {
    entries: entries.map(({ position, wire }) => ({ position, wire })),
    log: { position: last.position, hash: last.headHash },
    end: Math.max(log.position, last.position),
  };
}
