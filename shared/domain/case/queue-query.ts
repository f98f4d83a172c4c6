import type { CaseSummary } from './case-summary.ts';
import type { AssessedSummary } from './summarise-assessment.ts';

export const queueColumns = [
  'urgency',
  'reference',
  'receivedAt',
  'category',
  'subject',
  'atRisk',
  'status',
  'holder',
] as const;
export type QueueColumn = (typeof queueColumns)[number];

/** What runs out soonest, or comes back to be looked at. */
export const dueChoices = { today: 'Due today or overdue', iopc: 'IOPC owed', review: 'For review' } as const;
export type DueChoice = keyof typeof dueChoices;

export interface QueueQuery {
  /** Quick search: each word begins a word of the referral, or is nearly a subject's name, in whatever form it is written. */
  readonly text: string;
  readonly status: readonly CaseSummary['status'][];
  readonly priority: readonly CaseSummary['priority'][];
  /** Any of those under which the public reported. */
  readonly category: readonly CaseSummary['categories'][number][];
  /** Any of the corruption-intelligence categories recorded. */
  readonly corruption: readonly AssessedSummary['categories'][number][];
  /** Any of those in force. */
  readonly disposition: readonly AssessedSummary['dispositions'][number][];
  readonly due: readonly DueChoice[];
  readonly holder: 'anyone' | 'unassigned' | 'me';
  /** `urgency` is what is due first, whatever it is. */
  readonly sort: { readonly by: QueueColumn; readonly descending: boolean };
}

export const sameQuery = (one: QueueQuery, other: QueueQuery): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Every case, what is most urgent first. */
export const everyCase: QueueQuery = {
  text: '',
  status: [],
  priority: [],
  category: [],
  corruption: [],
  disposition: [],
  due: [],
  holder: 'anyone',
  sort: { by: 'urgency', descending: false },
};
