import type { QueueCounts, QueueRow } from '#renderer/vault/queue-api.ts';
import { everyCase, type QueueColumn, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import { useQueue } from './queue-store.ts';
import { ask } from './vault-port.ts';

/** Whether the query hides any case. */
export const narrows = ({
  text,
  holder,
  status,
  priority,
  category,
  corruption,
  disposition,
  due,
}: QueueQuery): boolean =>
  text.trim() !== '' ||
  holder !== 'anyone' ||
  [status, priority, category, corruption, disposition, due].some((chosen) => chosen.length > 0);

/** A second click on the same header turns the order round; a new header begins with what a person wants first. */
export function sortBy({ sort }: QueueQuery, by: QueueColumn): QueueQuery['sort'] {
  if (sort.by === by) return { by, descending: !sort.descending };
  return { by, descending: by === 'receivedAt' || by === 'atRisk' };
}

/** How many cases each choice of each filter has, as the queue is filtered now. */
export const countCases = (): Promise<QueueCounts> => ask('queue.counts', { query: useQueue.getState().query });

const most = 8;

/** The first few cases anywhere in the unit that match, whatever the queue is filtered to. */
export async function findCases(text: string): Promise<readonly QueueRow[]> {
  const { rows } = await ask('queue.page', { query: { ...everyCase, text }, offset: 0, limit: most });
  return rows;
}
