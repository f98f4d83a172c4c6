import type { Held } from '../held.ts';
import type { QueuePage, QueueQuery } from '../queue-api.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';

/** The top of the queue in its usual order, in one sealed row: on screen while the rest still loads. */
const key = 'queueHead';
export const headRows = 100;

export const usualQuery: QueueQuery = {
  text: '',
  status: [],
  priority: [],
  category: [],
  corruption: [],
  disposition: [],
  holder: 'anyone',
  sort: { by: 'urgency', descending: false },
};

export const isUsual = (query: QueueQuery): boolean => JSON.stringify(query) === JSON.stringify(usualQuery);

/** Null when there is none, or it is not of the log as it stands now. */
export async function loadQueueHead(held: Held): Promise<QueuePage | null> {
  const row = await held.store.get('meta', key);
  if (!row) return null;
  const stored = await openRow<{ hash: string; page: QueuePage }>(held.storeKey, 'meta', row).catch(() => null);
  return stored?.hash === held.ledger.log.hash ? stored.page : null;
}

export async function saveQueueHead(held: Held, page: QueuePage): Promise<void> {
  // Every member of this workstation opens this row; what was found again stands under each one's own seal.
  const rows = page.rows.map(({ appearsAgain: _, ...row }) => row);
  const row = await sealRow(held.storeKey, 'meta', key, { hash: held.ledger.log.hash, page: { ...page, rows } });
  await held.store.commit([{ table: 'meta', put: [row] }]);
}
