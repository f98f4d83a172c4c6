import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import { priorities } from '#shared/domain/case/priority.ts';
import { searchWords } from '#shared/domain/case/search-text.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { urgencies } from '#shared/domain/report/report.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { QueueColumn, QueueQuery } from '../vault-api.ts';

type Filters = Omit<QueueQuery, 'text' | 'sort'>;

export function selectFiltered(all: Iterable<CaseSummary>, filters: Filters, me: MemberId): CaseSummary[] {
  const { status, priority, category, holder } = filters;
  const filtered: CaseSummary[] = [];
  for (const summary of all) {
    if (status.length > 0 && !status.includes(summary.status)) continue;
    if (priority.length > 0 && !priority.includes(summary.priority)) continue;
    if (category.length > 0 && !summary.categories.some((each) => category.includes(each))) continue;
    if (holder === 'me' && summary.holder !== me) continue;
    if (holder === 'unassigned' && summary.holder !== null) continue;
    filtered.push(summary);
  }
  return filtered;
}

/** Quick search: every word of `text` begins a word of the case. Keeps the order. */
export function selectMatching(cases: readonly CaseSummary[], text: string): readonly CaseSummary[] {
  const words = searchWords(text);
  if (words.length === 0) return cases;
  return cases.filter(({ search }) => words.every((word) => search.includes(word)));
}

type SortKey = string | number;
/** After every ISO instant: what has no deadline comes last. */
const never = '9999';

const sortKeys: Record<QueueColumn, (summary: CaseSummary, nameOf: (id: MemberId) => string) => SortKey> = {
  // Whichever runs out first: the first decision, or a referral that is owed to the IOPC.
  urgency: ({ dueAt, assessed }) => [dueAt ?? never, assessed?.iopcDueAt ?? never].sort()[0] ?? never,
  reference: ({ reference }) => reference.padStart(16, '0'),
  receivedAt: ({ receivedAt }) => receivedAt,
  category: ({ categories }) => categories.map((each) => publicCategories[each].short).join(),
  subject: ({ subject }) => subject,
  atRisk: ({ atRisk }) =>
    -(atRisk.worst ? (urgencies.length - urgencies.indexOf(atRisk.worst)) * 100 + atRisk.count : 0),
  status: ({ status }) => status,
  holder: ({ holder }, nameOf) => (holder ? nameOf(holder) : '~'),
};

/** Ties go by priority, then by what came first, so that the order never wavers. */
export function sortQueue(
  cases: readonly CaseSummary[],
  { by, descending }: QueueQuery['sort'],
  nameOf: (id: MemberId) => string,
): CaseSummary[] {
  const keyOf = sortKeys[by];
  const sign = descending ? -1 : 1;
  const keyed = cases.map((summary) => ({ summary, key: keyOf(summary, nameOf) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    const [left, right] = [a.summary, b.summary];
    const rank = priorities[left.priority].rank - priorities[right.priority].rank;
    if (rank !== 0) return rank;
    if (left.receivedAt !== right.receivedAt) return left.receivedAt < right.receivedAt ? -1 : 1;
    return left.reference < right.reference ? -1 : 1;
  });
  return keyed.map(({ summary }) => summary);
}
