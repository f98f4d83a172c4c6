import { reviewDays } from '#shared/domain/case/case-clocks.ts';
import type { CaseSummary, SubjectLine } from '#shared/domain/case/case-summary.ts';
import type { QueueColumn, QueueQuery } from '#shared/domain/case/queue-query.ts';
import { priorities } from '#shared/domain/priority/priorities.ts';
import { publicCategories } from '#shared/domain/report/public-categories.ts';
import { urgencies } from '#shared/domain/report/report.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { dateOfDay, endOfLondonDay, londonDay } from '#shared/kernel/london-time.ts';

type SortKey = string | number;
/** After every ISO instant: what has no deadline comes last. */
const never = '9999';

export interface OrderContext {
  readonly nameOf: (id: MemberId) => string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Cases recorded for intelligence that come back, because their subject appears again. */
  readonly appearsAgain: { has(id: StreamId): boolean };
}

interface Ordering extends OrderContext {
  /** Calendar day in London. */
  readonly today: string;
  /** ISO instant at which it ends. */
  readonly tomorrow: string;
}

/**
 * What comes back to be looked at (a review, a subject that appears again) is for today, however long it has waited:
 * after every clock that has run out or does today, because nobody is at risk by it, and before all others.
 */
const lookAtBy = (summary: CaseSummary, { today, tomorrow, appearsAgain }: Ordering): string =>
  appearsAgain.has(summary.id) || reviewDays(summary).some((day) => day <= today) ? tomorrow : never;

/** After the year 9999 an instant is written with a sign, which as text stands before every other. */
const inOrder = (dueAt: string | null | undefined): string => (!dueAt || dueAt.startsWith('+') ? never : dueAt);

/** By rank or role, in it by name; then those without a name, and the fewest subjects first. */
const subjectKey = ({ role, name, others }: SubjectLine): string =>
  `${role}${name ? ` ${name}` : ','}${others > 0 ? ` ${others}` : ''}`;

const sortKeys: Record<QueueColumn, (summary: CaseSummary, ordering: Ordering) => SortKey> = {
  // Whichever clock runs out first, or what is to be looked at. Of 50,000 cases: no day is turned into an instant here.
  urgency: (summary, ordering) => {
    const { dueAt, assessed } = summary;
    const clocks = [dueAt, assessed?.iopcDueAt, assessed?.suspension?.decisionDueAt].map(inOrder);
    return [...clocks, lookAtBy(summary, ordering)].sort()[0] ?? never;
  },
  reference: ({ reference }) => reference.padStart(16, '0'),
  receivedAt: ({ receivedAt }) => receivedAt,
  category: ({ categories }) => categories.map((each) => publicCategories[each].short).join(),
  subject: ({ subject }) => (subject ? subjectKey(subject) : ''),
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
  const day = londonDay(context.now);
  const ordering = { ...context, today: dateOfDay(day), tomorrow: new Date(endOfLondonDay(day) + 1).toISOString() };
  const keyed = cases.map((summary) => ({ summary, key: keyOf(summary, ordering) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    return compareTied(a.summary, b.summary);
  });
  return keyed.map(({ summary }) => summary);
}
