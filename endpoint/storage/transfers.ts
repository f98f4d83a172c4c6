import type { EntryId } from '#shared/kernel/ids.ts';
import type { TransferAnswer } from '#shared/sync/transfer.ts';
import type { Queries, Sql } from './sql.ts';
import type { Storage, StoredTransfer } from './storage.ts';

export const sqlTransfers = (sql: Sql): Pick<Storage, 'transfer'> => ({ transfer: (id) => findTransfer(sql, id) });

export async function findTransfer(queries: Queries, id: EntryId): Promise<StoredTransfer | null> {
  const [row] = await queries.query<Omit<StoredTransfer, 'reply'> & StoredTransfer['reply']>(
    `SELECT id, from_unit AS "from", to_unit AS "to", return_stream AS "stream", reply_key AS "key" FROM transfers WHERE id = $1`,
    [id],
  );
  if (!row) return null;
  const { stream, key, ...transfer } = row;
  return { ...transfer, reply: { stream, key } };
}

export async function insertTransfer(queries: Queries, { id, from, to, reply }: StoredTransfer): Promise<void> {
  await queries.query(
    'INSERT INTO transfers (id, from_unit, to_unit, return_stream, reply_key) VALUES ($1, $2, $3, $4, $5)',
    [id, from, to, reply.stream, reply.key],
  );
}

const answerUpdates: Record<TransferAnswer, string> = {
  acknowledged: 'UPDATE transfers SET acknowledged = true WHERE id = $1 AND NOT acknowledged AND NOT sent_back',
  sentBack: 'UPDATE transfers SET sent_back = true WHERE id = $1 AND NOT sent_back',
};

export async function updateAnswered(queries: Queries, id: EntryId, answer: TransferAnswer): Promise<boolean> {
  return (await queries.query(`${answerUpdates[answer]} RETURNING id`, [id])).length > 0;
}
