import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import type { Entry } from './entry.ts';

/** Hash of the last entry of each author, as far as the log was read. */
export type AuthorTips = ReadonlyMap<AuthorKey, Digest>;

/** Whether the entry follows its author's previous one. A dropped, replayed or spliced entry does not. */
export const followsItsAuthor = (tips: AuthorTips, { header }: Entry): boolean =>
  (tips.get(header.author) ?? null) === header.prev;
