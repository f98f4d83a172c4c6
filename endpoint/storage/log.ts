import type { UnitId } from '#shared/kernel/ids.ts';
import { checkpointWithin, selectCheckpoint } from './checkpoints.ts';
import { reachOf, selectEntries, selectRosterHead } from './entries.ts';
import { lockUnit } from './locked-unit.ts';
import { selectReport } from './reports.ts';
import type { Sql } from './sql.ts';
import type { PageRequest, Storage, StoredPage } from './storage.ts';
import { selectTiles } from './tiles.ts';

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

type LogStorage = Pick<
  Storage,
  'withUnit' | 'checkpoint' | 'renewCheckpoint' | 'tiles' | 'recordSetBack' | 'page' | 'receivedReport'
>;

export const sqlLog = (sql: Sql): LogStorage => ({
  withUnit: (unit, task) => repeatOnConflict(() => sql.transaction(async (tx) => task(await lockUnit(tx, unit)))),
  checkpoint: (unit, size) => selectCheckpoint(sql, unit, size),
  renewCheckpoint: async (unit, { size, note: before }, note) => {
    await sql.query('UPDATE checkpoints SET note = $4 WHERE unit = $1 AND size = $2 AND note = $3', [
      ...[unit, size, before, note],
    ]);
  },
  tiles: (unit, tiles) => selectTiles(sql, unit, tiles),
  recordSetBack: async (unit, shown) => {
    await sql.query('UPDATE units SET set_back = $2 WHERE id = $1 AND set_back IS NULL', [unit, JSON.stringify(shown)]);
  },
  page: (unit, request) => readPage(sql, unit, request),
  receivedReport: (posted) => selectReport(sql, posted),
});

async function readPage(sql: Sql, unit: UnitId, request: PageRequest): Promise<StoredPage> {
  const { after } = request;
  const last = await selectCheckpoint(sql, unit);
  const end = last?.size ?? 0;
  const rosterHead = last && (await selectRosterHead(sql, unit, end));
  if (after >= end) return { entries: [], checkpoint: last, end, rosterHead };
  const reach = await reachOf(sql, unit, request);
  const checkpoint = await checkpointWithin(sql, unit, after, reach);
  if (!checkpoint) throw new Error('The log ends before the checkpoint that its unit states.');
  const entries = await selectEntries(sql, unit, after, checkpoint.size);
  // What is appended in between makes the page end later than it says, which is harmless.
  return { entries, checkpoint, end: Math.max(end, checkpoint.size), rosterHead };
}
