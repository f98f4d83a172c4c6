import type { QueueRow } from '#renderer/vault/queue-api.ts';
import { everything } from './queue-query.ts';
import { vaultNow } from './vault-port.ts';

const most = 8;

/** The first few cases anywhere in the unit that match, whatever the queue is filtered to. */
export async function findCases(text: string): Promise<readonly QueueRow[]> {
  const { rows } = await vaultNow().queuePage({ ...everything, text }, 0, most);
  return rows;
}
