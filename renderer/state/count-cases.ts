import type { QueueCounts } from '#renderer/vault/queue-api.ts';
import { useQueue } from './queue-store.ts';
import { vaultNow } from './vault-port.ts';

/** How many cases each choice of each filter has, as the queue is filtered now. */
export const countCases = (): Promise<QueueCounts> => vaultNow().queueCounts(useQueue.getState().query);
