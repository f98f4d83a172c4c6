import type { Sql } from './sql.ts';
import type { Storage } from './storage.ts';

export const sqlDirectory = (sql: Sql): Pick<Storage, 'directory' | 'replaceDirectory'> => ({
  directory: async () => {
    const [row] = await sql.query<{ document: string }>('SELECT document FROM directory');
    return row?.document ?? null;
  },

  replaceDirectory: async (before, document) => {
    const replaced = await (before === null
      ? sql.query('INSERT INTO directory (document) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1', [document])
      : sql.query('UPDATE directory SET document = $2 WHERE document = $1 RETURNING 1', [before, document]));
    return replaced.length > 0;
  },
});
