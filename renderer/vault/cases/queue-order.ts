import type { CaseSummary, SubjectLine } from '#shared/domain/case/case-summary.ts';
import type { QueueColumn, QueueQuery } from '#shared/domain/case/queue-query.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { urgencies } from '#shared/domain/report/report.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { parseName, plain } from './match-names.ts';
import { type QueueDay, urgencyOf } from './queue-day.ts';

type SortKey = string | number;

export interface OrderContext {
  readonly nameOf: (id: MemberId) => string;
  readonly day: QueueDay;
}

/**
 * By surname, as a list of people is, whatever rank stands before the name; those of one name by rank. Then who has none, by
 * rank or role; the fewest subjects first.
 */
function toSubjectKey({ role, name, others }: SubjectLine): string {
  const { surnames, given } = parseName(name ?? '');
  const who = surnames[0] ? `${surnames[0]} ${given} ` : '~ ';
  return `${who}${plain(role)} ${others}`;
}

/** Names are taken apart once, and not whenever 50,000 cases are sorted again. */
const subjectKeys = new WeakMap<SubjectLine, string>();
function subjectKey(subject: SubjectLine): string {
  const known = subjectKeys.get(subject) ?? toSubjectKey(subject);
  subjectKeys.set(subject, known);
  return known;
}

const sortKeys: Record<QueueColumn, (summary: CaseSummary, context: OrderContext) => SortKey> = {
  urgency: (summary, { day }) => urgencyOf(summary, day),
  reference: ({ reference }) => reference.padStart(16, '0'),
  receivedAt: ({ receivedAt }) => receivedAt,
  category: ({ categories }) => categories.map((each) => publicCategories[each].short).join(),
  subject: ({ subject }) => (subject ? subjectKey(subject) : '~~'),
  atRisk: ({ atRisk }) =>
    -(atRisk.worst ? (urgencies.length - urgencies.indexOf(atRisk.worst)) * 100 + atRisk.count : 0),
  status: ({ status }) => status,
  holder: ({ holder }, { nameOf }) => (holder ? nameOf(holder) : '~'),
};

/** Ties go by priority, then by what came first, so that the order never wavers. */
export function compareTied(one: CaseSummary, other: CaseSummary): number {
  const rank = priorities[one.priority].rank - priorities[other.priority].rank;
  if (rank !== 0) return rank;
  if (one.receivedAt !== other.receivedAt) return one.receivedAt < other.receivedAt ? -1 : 1;
  return one.reference < other.reference ? -1 : 1;
}

export function sortQueue(
  cases: readonly CaseSummary[],
  { by, descending }: QueueQuery['sort'],
  context: OrderContext,
): CaseSummary[] {
  const keyOf = sortKeys[by];
  const sign = descending ? -1 : 1;
  const keyed = cases.map((summary) => ({ summary, key: keyOf(summary, context) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    return compareTied(a.summary, b.summary);
  });
  return keyed.map(({ summary }) => summary);
}
