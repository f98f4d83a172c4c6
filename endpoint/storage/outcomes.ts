import type { Sql } from './sql.ts';
import type { Storage } from './storage.ts';

/** One word on what became of a report: of the unit that received it, and of nobody else. */
export const sqlOutcomes = (sql: Sql): Pick<Storage, 'setOutcome' | 'outcome'> => ({
  setOutcome: async (unit, reference, outcome) => {
    const set = await sql.query(
      `INSERT INTO outcomes (reference, class) SELECT reference, $3 FROM reports WHERE unit = $1 AND reference = $2
       ON CONFLICT (reference) DO UPDATE SET class = EXCLUDED.class RETURNING reference`,
      [unit, reference, outcome],
    );
    return set.length > 0;
  },

  outcome: async (reference) => {
    const [row] = await sql.query<{ class: string }>('SELECT class FROM outcomes WHERE reference = $1', [reference]);
    return row?.class ?? null;
  },
});
