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

export const columns: readonly Column[] = [
  {
    id: 'clock',
    label: 'Clock',
    width: 'clamp(128px, 14cqi, 168px)',
    sort: 'urgency',
    hint: 'What is due first; IOPC where a mandatory referral is owed; what comes back to be looked at',
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
    width: '100px',
    sort: 'reference',
    hint: 'Reference from the central endpoint',
  },
  {
    id: 'received',
    label: 'Received',
    width: '124px',
    sort: 'receivedAt',
    hint: 'When the endpoint had it: the day and the part of it',
    foldsBelow: 1080,
  },
  {
    id: 'categories',
    label: 'Categories',
    width: 'minmax(120px, 1fr)',
    sort: 'category',
    hint: 'Under which the public reported; then the primary corruption category, once recorded',
    foldsBelow: 840,
  },
  { id: 'subject', label: 'Subject', width: 'minmax(140px, 1.4fr)', sort: 'subject', hint: 'Who is reported' },
  {
    id: 'atRisk',
    label: 'At risk',
    width: '122px',
    sort: 'atRisk',
    hint: 'People at risk, and how near the harm is',
    foldsBelow: 720,
  },
  {
    id: 'status',
    label: 'Status',
    width: 'minmax(116px, 0.8fr)',
    sort: 'status',
    hint: 'Where the case stands',
    foldsBelow: 600,
  },
  {
    id: 'holder',
    label: 'Who has it',
    width: 'minmax(120px, 0.7fr)',
    sort: 'holder',
    hint: 'The member who works on it',
    foldsBelow: 960,
  },
  {
    id: 'waiting',
    label: 'Sync',
    width: '68px',
    sort: null,
    hint: 'Whether something waits to sync',
    foldsBelow: 1150,
  },
];
