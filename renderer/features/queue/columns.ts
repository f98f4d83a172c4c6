import type { QueueColumn } from '#shared/domain/case/queue-query.ts';

export interface Column {
  readonly id: string;
  readonly label: string;
  /** A track of CSS grid. */
  readonly width: string;
  /** What the header sorts by; null for a column that has no order of its own. */
  readonly sort: QueueColumn | null;
  readonly hint: string;
}

export const columns: readonly Column[] = [
  {
    id: 'clock',
    label: 'Clock',
    width: '168px',
    sort: 'urgency',
    hint: 'What is due first; IOPC where a mandatory referral is owed; what comes back to be looked at',
  },
  {
    id: 'priority',
    label: 'Priority',
    width: '92px',
    sort: null,
    hint: 'As assessed; before that, how soon it must be read',
  },
  {
    id: 'reference',
    label: 'Reference',
    width: '88px',
    sort: 'reference',
    hint: 'Reference from the central endpoint',
  },
  { id: 'received', label: 'Received', width: '112px', sort: 'receivedAt', hint: 'When the endpoint had it' },
  {
    id: 'categories',
    label: 'Categories',
    width: 'minmax(120px, 1fr)',
    sort: 'category',
    hint: 'Under which the public reported; then the primary corruption category, once recorded',
  },
  { id: 'subject', label: 'Subject', width: 'minmax(140px, 1.4fr)', sort: 'subject', hint: 'Who is reported' },
  { id: 'atRisk', label: 'At risk', width: '122px', sort: 'atRisk', hint: 'People at risk, and how near the harm is' },
  { id: 'status', label: 'Status', width: '124px', sort: 'status', hint: 'Where the case stands' },
  { id: 'holder', label: 'Who has it', width: '116px', sort: 'holder', hint: 'The member who works on it' },
  { id: 'waiting', label: 'Sync', width: '64px', sort: null, hint: 'Whether something waits to sync' },
];

export const gridColumns = columns.map(({ width }) => width).join(' ');
