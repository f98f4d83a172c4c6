import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';

/** What the vault tells the window of many cases at once: the queue's questions, its pages, its counts and its clock. */

type QueueFilter = Exclude<keyof QueueQuery, 'text' | 'sort'>;
export type QueueChoice<Filter extends QueueFilter> = QueueQuery[Filter] extends readonly (infer Choice extends
  string)[]
  ? Choice
  : Extract<QueueQuery[Filter], string>;

/** How many cases each choice of a filter has, under the search and all the other filters. What is absent has none. */
export type QueueCounts = {
  readonly [Filter in QueueFilter]: Readonly<Partial<Record<QueueChoice<Filter>, number>>>;
};

export interface QueueRow extends CaseSummary {
  readonly holderName: string | null;
  /** Something of this case waits to be confirmed by the endpoint. */
  readonly waiting: boolean;
  /** Other referrals with a subject of the same name or collar number, or linked by a person. Absent where there are none. */
  readonly repeats?: number;
  /** Of a case recorded for intelligence, the newest first. Absent where there are none. */
  readonly appearsAgain?: readonly Appearance[];
}

/** A later referral in which the subject or event of a case recorded for intelligence appears again. */
export interface Appearance {
  readonly case: StreamId;
  readonly reference: string;
  readonly receivedAt: string;
  /** What a person said of it, then what was found; the strongest first. */
  readonly because: readonly Notice[];
}

export interface QueuePage {
  readonly offset: number;
  readonly rows: readonly QueueRow[];
  /** Rows that match the query, and cases in all. */
  readonly matching: number;
  readonly total: number;
  /** The index is not ready: only references, subjects, stations, vehicles and categories were searched. Absent else. */
  readonly searchedInBrief?: true;
}

/** Which cases come before and after one, in the order of a query. */
export interface Neighbours {
  readonly previous: StreamId | null;
  readonly next: StreamId | null;
  /** The next that is still to be decided. */
  readonly nextOpen: StreamId | null;
  /** The place of the case itself; null when the query hides it. */
  readonly index: number | null;
}

/** Most rows in one page: posting more at once would freeze the window. */
export const mostRows = 200;

/** Mandatory referrals that are owed to the IOPC by one deadline. Each deadline ends a day: a list of them is short. */
export interface IopcOwed {
  /** ISO instant. */
  readonly dueAt: string;
  readonly cases: number;
  /** The one that comes first among them. */
  readonly case: StreamId;
  readonly reference: string;
}
