import type { Queries, Sql } from './sql.ts';
import type { Storage, StoredOutcome } from './storage.ts';

/**
 * One word on what became of a report: said by the unit that received it, for the organisation that posted it.
 * Organisations number the changes each for itself, so that the numbers say nothing of another's.
 */
export const sqlOutcomes = (sql: Sql): Pick<Storage, 'setOutcome' | 'outcomes'> => ({
  setOutcome: (unit, reference, outcome, day) =>
    sql.transaction(async (tx) => {
      const organisation = await lockReport(tx, unit, reference);
      if (organisation === null) return false;
      const [said] = await tx.query<{ class: string }>('SELECT class FROM outcomes WHERE reference = $1', [reference]);
      // A request that is sent again is no change.
      if (said?.class === outcome) return true;
      await tx.query(
        `WITH counter AS (
           INSERT INTO outcome_counters (organisation, last, day) VALUES ($2, 1, $4::date)
           -- Never back: between processes whose clocks differ, days must not overtake numbers.
           ON CONFLICT (organisation) DO UPDATE
             SET last = outcome_counters.last + 1, day = GREATEST(outcome_counters.day, EXCLUDED.day)
           RETURNING last, day)
         INSERT INTO outcomes (reference, organisation, class, change, day)
         SELECT $1, $2, $3, last, day FROM counter
         ON CONFLICT (reference) DO UPDATE
           SET class = EXCLUDED.class, change = EXCLUDED.change, day = EXCLUDED.day`,
        [reference, organisation, outcome, day],
      );
      return true;
    }),

  outcomes: (device, { after, limit, before }) =>
    sql.query<StoredOutcome>(
      `SELECT change, reference, class, to_char(day, 'YYYY-MM-DD') AS day FROM outcomes
       WHERE organisation = (SELECT organisation FROM devices WHERE key = $1)
         AND change > $2 AND day < $4::date
       ORDER BY change LIMIT $3`,
      [device, after, limit, before],
    ),
});

/** The organisation that posted it; null when this unit never received it. Two changes of one word wait here. */
async function lockReport(tx: Queries, unit: string, reference: string): Promise<string | null> {
  const [report] = await tx.query<{ organisation: string }>(
    'SELECT organisation FROM reports WHERE unit = $1 AND reference = $2 FOR UPDATE',
    [unit, reference],
  );
  return report?.organisation ?? null;
}
