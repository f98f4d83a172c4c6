import { usualQuery } from './cases/queue-head.ts';
import type { QueueQuery } from './queue-api.ts';
import type { SavedView } from './vault-api.ts';

/** As it lies in a member's preferences: saved by a version that may not have had every filter. */
export interface StoredView {
  readonly name: string;
  readonly query: Partial<QueueQuery>;
}

/** A filter that came after the view was saved hides nothing in it. In the order of the usual query: views are compared. */
export const openViews = (stored: readonly StoredView[]): readonly SavedView[] =>
  stored.map(({ name, query }) => ({ name, query: { ...usualQuery, ...query } }));
