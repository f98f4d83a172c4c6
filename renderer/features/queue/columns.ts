import type { QueueColumn } from '#shared/domain/case/queue-query.ts';

export interface Column {
  readonly id: string;
  readonly label: string;
  /** A track of CSS grid. */
  readonly width: string;
  /** What the header sorts by; null for a column that has no order of its own. */
  readonly sort: QueueColumn | null;
  readonly hint: string;
  /** A narrower queue (px) does without it: what it says is in the case, and of two columns in another cell. */
  readonly foldsBelow?: number;
}

/**
 * What identifies a case comes first: the subject has as much room as its longest name needs (`columnNeeds`), up to a share
 * of the queue; the categories take what is left. Each folds before all that are left are wider than the queue with its scroll bar.
 */
export const columns: readonly Column[] = [
  {
    id: 'clock',
    label: 'Clock',
    width: 'clamp(128px, 14cqi, 168px)',
    sort: 'urgency',
    hint: 'What is due first, by name; hover for all that runs',
  },
  {
    id: 'priority',
    label: 'Priority',
    width: '104px',
    sort: null,
    hint: 'As assessed; before that, how soon it must be read',
  },
  {
    id: 'reference',
    label: 'Reference',
    width: '92px',
    sort: 'reference',
    hint: 'Reference from the central endpoint',
  },
  {
    id: 'received',
    label: 'Received',
    width: '124px',
    sort: 'receivedAt',
    hint: 'When the endpoint had it: the day and the part of it',
    foldsBelow: 1195,
  },
  {
    id: 'subject',
    label: 'Subject',
    width: 'minmax(min(var(--need-subject), 23cqi), var(--need-subject))',
    sort: 'subject',
    hint: 'Who is reported, by surname',
  },
  {
    id: 'marks',
    label: 'Marks',
    width: '68px',
    sort: null,
    hint: 'Other referrals of the same subject; attachments',
  },
  {
    id: 'categories',
    label: 'Categories',
    width: 'minmax(80px, 1fr)',
    sort: 'category',
    hint: 'Public categories; then the primary corruption category, once recorded',
    foldsBelow: 885,
  },
  {
    id: 'atRisk',
    label: 'At risk',
    width: '112px',
    sort: 'atRisk',
    hint: 'People at risk, and how near the harm is',
    foldsBelow: 760,
  },
  {
    id: 'status',
    label: 'Status',
    width: 'minmax(84px, var(--need-status))',
    sort: 'status',
    hint: 'Where the case stands, and whether something of it waits to sync',
    foldsBelow: 600,
  },
  {
    id: 'holder',
    label: 'Owner',
    width: 'minmax(72px, var(--need-holder))',
    sort: 'holder',
    hint: 'The member who works on it',
    foldsBelow: 1000,
  },
];
