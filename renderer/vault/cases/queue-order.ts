import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import { priorities } from '#shared/domain/case/priority.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { urgencies } from '#shared/domain/report/report.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { QueueColumn, QueueQuery } from '../vault-api.ts';

/** A summary with what quick search reads. */
export interface Searchable {
  readonly summary: CaseSummary;
  readonly text: string;
}

const normalise = (text: string): string => text.toLocaleLowerCase('en-GB').normalize('NFKD').replace(/\p{M}/gu, '');

/** A space before each word, so that "begins a word" is one substring test. */
export const searchText = (text: string): string => ` ${normalise(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;

export const toSearchable = (summary: CaseSummary): Searchable => ({
  summary,
  text: searchText(`${summary.reference} ${summary.subject} ${summary.search}`),
});

const searchWords = (text: string): string[] =>
  normalise(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => ` ${word}`);

export function selectMatching(all: Iterable<Searchable>, query: QueueQuery, me: MemberId): Searchable[] {
  const words = searchWords(query.text);
  const matching: Searchable[] = [];
  for (const item of all) {
    const { summary, text } = item;
    if (query.status.length > 0 && !query.status.includes(summary.status)) continue;
    if (query.priority.length > 0 && !query.priority.includes(summary.priority)) continue;
    if (query.category.length > 0 && !summary.categories.some((each) => query.category.includes(each))) continue;
    if (query.holder === 'me' && summary.holder !== me) continue;
    if (query.holder === 'unassigned' && summary.holder !== null) continue;
    if (words.every((word) => text.includes(word))) matching.push(item);
  }
  return matching;
}

type SortKey = string | number;
/** After every ISO instant: what has no deadline comes last. */
const never = '9999';

const sortKeys: Record<QueueColumn, (summary: CaseSummary, nameOf: (id: MemberId) => string) => SortKey> = {
  urgency: ({ dueAt }) => dueAt ?? never,
  reference: ({ reference }) => reference.padStart(16, '0'),
  receivedAt: ({ receivedAt }) => receivedAt,
  category: ({ categories }) => categories.map((each) => publicCategories[each].short).join(),
  subject: ({ subject }) => subject,
  atRisk: ({ atRisk }) =>
    -(atRisk.worst ? (urgencies.length - urgencies.indexOf(atRisk.worst)) * 100 + atRisk.count : 0),
  status: ({ status }) => status,
  holder: ({ holder }, nameOf) => (holder ? nameOf(holder) : '~'),
};

/** In place. Ties go by priority, then by what came first, so that the order never wavers. */
export function sortQueue(
  items: Searchable[],
  { by, descending }: QueueQuery['sort'],
  nameOf: (id: MemberId) => string,
): Searchable[] {
  const keyOf = sortKeys[by];
  const sign = descending ? -1 : 1;
  const keyed = items.map((item) => ({ item, key: keyOf(item.summary, nameOf) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    const [left, right] = [a.item.summary, b.item.summary];
    const rank = priorities[left.priority].rank - priorities[right.priority].rank;
    if (rank !== 0) return rank;
    if (left.receivedAt !== right.receivedAt) return left.receivedAt < right.receivedAt ? -1 : 1;
    return left.reference < right.reference ? -1 : 1;
  });
  for (const [index, { item }] of keyed.entries()) items[index] = item;
  return items;
}
