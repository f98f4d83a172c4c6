import type { Searching } from '#renderer/vault/cases/queue-search.ts';
import { addSegments, emptySearchIndex } from '#renderer/vault/cases/search-index.ts';
import { formatSegment, parseSegment, type SearchedCase } from '#renderer/vault/cases/search-segment.ts';

/** As long as the index is not ready. */
export const inBrief = (): Searching => ({ index: emptySearchIndex(), alike: () => [] });

/** A ready index of some cases, by way of the bytes that lie in rows. */
export function searchingIn(cases: readonly SearchedCase[], alike: Searching['alike'] = () => []): Searching {
  const index = emptySearchIndex();
  const segment = parseSegment(formatSegment(cases));
  if (!segment) throw new Error('The segment is of another version.');
  addSegments(index, [{ key: 'one', ...segment }]);
  index.ready = true;
  return { index, alike };
}
