import type { QueueColumn, QueueQuery } from '#shared/domain/case/queue-query.ts';

/** Whether the query hides any case. */
export const narrows = ({ text, holder, status, priority, category, corruption, disposition }: QueueQuery): boolean =>
  text.trim() !== '' ||
  holder !== 'anyone' ||
  [status, priority, category, corruption, disposition].some((chosen) => chosen.length > 0);

/** A second click on the same header turns the order round; a new header begins with what a person wants first. */
export function sortBy({ sort }: QueueQuery, by: QueueColumn): QueueQuery['sort'] {
  if (sort.by === by) return { by, descending: !sort.descending };
  return { by, descending: by === 'receivedAt' || by === 'atRisk' };
}
