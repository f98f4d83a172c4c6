import type { rowAt, useQueue } from '#renderer/state/queue-store.ts';

/*
 * Features may not look into the vault, so its types come to this one by way of the store.
 */
export type QueueRow = NonNullable<ReturnType<typeof rowAt>>;
export type QueueQuery = ReturnType<typeof useQueue.getState>['query'];
export type QueueColumn = QueueQuery['sort']['by'];
