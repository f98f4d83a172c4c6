import type { QueueRow } from '#renderer/vault/queue-api.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { ask } from './vault-port.ts';

const most = 8;

/** The first few cases anywhere in the unit that match, whatever the queue is filtered to. */
export async function findCases(text: string): Promise<readonly QueueRow[]> {
  const { rows } = await ask('queue.page', { query: { ...everyCase, text }, offset: 0, limit: most });
  return rows;
}
