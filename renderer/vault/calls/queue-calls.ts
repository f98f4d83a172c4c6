import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { currentStream } from '../cases/case-index.ts';
import { openCall } from './define-call.ts';

export interface Asked {
  readonly query: QueueQuery;
}

export const queuePage = openCall(
  'queue.page',
  'open',
  ({ queuePage: page }, { query, offset, limit }: Asked & { readonly offset: number; readonly limit: number }) =>
    page(query, offset, limit),
);

/** Asked while a filter is open: it looks at every case. */
export const queueCounts = openCall('queue.counts', 'loaded', async ({ queue }, { query }: Asked) =>
  queue.counts(query),
);

/** Cases before and after one in the current order, for "next referral". */
export const neighbours = openCall(
  'queue.neighbours',
  'loaded',
  async ({ vault, queue }, { query, id }: Asked & { readonly id: StreamId }) =>
    queue.neighbours(query, currentStream(vault.cases, id)),
);
