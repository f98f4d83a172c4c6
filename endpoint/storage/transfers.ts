import type { EntryId } from '#shared/kernel/ids.ts';
import type { TransferAnswer } from '#shared/sync/transfer.ts';
import type { Queries, Sql } from './sql.ts';
import type { Storage, StoredTransfer } from './storage.ts';

export const sqlTransfers = (sql: Sql): Pick<Storage, 'transfer'> => ({ transfer: (id) => findTransfer(sql, id) });

export async function findTransfer(queries: Queries, id: EntryId): Promise<StoredTransfer | null> {
  const [row] = await queries.query<StoredTransfer>(
    `SELECT id, from_unit AS "from", to_unit AS "to", return_stream AS "returnTo" FROM transfers WHERE id = $1`,
    [id],
  );
  return row ?? null;
}

export async function insertTransfer(queries: Queries, { id, from, to, returnTo }: StoredTransfer): Promise<void> {
  await queries.query('INSERT INTO transfers (id, from_unit, to_unit, return_stream) VALUES ($1, $2, $3, $4)', [
    id,
    from,
    to,
    returnTo,
  ]);
}

const answerUpdates: Record<TransferAnswer, string> = {
  acknowledged: 'UPDATE transfers SET acknowledged = true WHERE id = $1 AND NOT acknowledged AND NOT sent_back',
  sentBack: 'UPDATE transfers SET sent_back = true WHERE id = $1 AND NOT sent_back',
};

export async function updateAnswered(queries: Queries, id: EntryId, answer: TransferAnswer): Promise<boolean> {
  return (await queries.query(`${answerUpdates[answer]} RETURNING id`, [id])).length > 0;
}
