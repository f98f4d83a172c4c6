import type { QueueCounts } from '#renderer/vault/queue-api.ts';
import { useQueue } from './queue-store.ts';
import { ask } from './vault-port.ts';

/** How many cases each choice of each filter has, as the queue is filtered now. */
export const countCases = (): Promise<QueueCounts> => ask('queue.counts', { query: useQueue.getState().query });
