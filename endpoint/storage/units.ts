import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Sql } from './sql.ts';
import type { Storage, Unit } from './storage.ts';

const columns = `id, force, force_name AS "forceName", jurisdiction, name,
  EXISTS (SELECT FROM checkpoints WHERE checkpoints.unit = units.id) AS founded`;

export const sqlUnits = (sql: Sql): Pick<Storage, 'claimFor' | 'units' | 'unit' | 'unitOfForce' | 'addUnit'> => ({
  claimFor: async (endpointKeys) => {
    const current = endpointKeys.at(-1) ?? null;
    await sql.query('INSERT INTO endpoint_identity (public_key) VALUES ($1) ON CONFLICT DO NOTHING', [current]);
    await sql.query('UPDATE endpoint_identity SET public_key = $1 WHERE public_key = ANY($2)', [current, endpointKeys]);
    const [row] = await sql.query<{ key: AuthorKey }>('SELECT public_key AS key FROM endpoint_identity');
    if (row?.key !== current) {
      throw new Error('This database belongs to an endpoint with another key. Give its key file with --key-file.');
    }
  },

  units: () => sql.query<Unit>(`SELECT ${columns} FROM units ORDER BY force`),

  unit: async (id) => {
    const [unit] = await sql.query<Unit>(`SELECT ${columns} FROM units WHERE id = $1`, [id]);
    return unit ?? null;
  },

  unitOfForce: async (force) => {
    const [unit] = await sql.query<Unit>(`SELECT ${columns} FROM units WHERE force = $1`, [force]);
    return unit ?? null;
  },

  addUnit: async ({ id, force, forceName, jurisdiction, name }) => {
    const added = await sql.query(
      'INSERT INTO units (id, force, force_name, jurisdiction, name) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id',
      [id, force, forceName, jurisdiction, name],
    );
    return added.length > 0;
  },
});
