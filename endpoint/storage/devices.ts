import type { Sql } from './sql.ts';
import type { Enrolment, Storage } from './storage.ts';

/**
 * Tokens are spent without waiting for the disk: a crash may forget the last few, and what they could then repeat is
 * idempotent. Everything else waits.
 */
const withoutWaiting = `set_config('synchronous_commit', 'off', true)`;

export const sqlDevices = (sql: Sql): Pick<Storage, 'admit' | 'spendToken' | 'forgetTokens'> => ({
  admit: async (device, { id, expiresAt }) => {
    const [row] = await sql.query<Enrolment & { fresh: boolean }>(
      `WITH device AS (SELECT key, purpose, unit FROM devices WHERE key = $1),
            used AS (INSERT INTO used_tokens (device, id, expires_at)
                     SELECT key, $2::uuid, $3::bigint FROM device, ${withoutWaiting}
                     ON CONFLICT DO NOTHING RETURNING id)
       SELECT purpose, unit, EXISTS (SELECT FROM used) AS fresh FROM device`,
      [device, id, expiresAt],
    );
    return row ? { enrolment: { purpose: row.purpose, unit: row.unit }, fresh: row.fresh } : null;
  },

  spendToken: async (device, { id, expiresAt }) => {
    const used = await sql.query(
      `INSERT INTO used_tokens (device, id, expires_at) SELECT $1, $2::uuid, $3::bigint FROM ${withoutWaiting}
       ON CONFLICT DO NOTHING RETURNING id`,
      [device, id, expiresAt],
    );
    return used.length > 0;
  },

  forgetTokens: async (expiredBefore) => {
    await sql.query('DELETE FROM used_tokens WHERE expires_at < $1', [expiredBefore]);
  },
});
