import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';

export interface NamedView {
  readonly name: string;
  readonly query: QueueQuery;
}

/** Under the first number keys, in this order; the member's own views follow. */
export const builtInViews: readonly NamedView[] = [
  { name: 'My cases', query: { ...everyCase, holder: 'me' } },
  { name: 'Nobody’s', query: { ...everyCase, status: ['new'], holder: 'unassigned' } },
  { name: 'Due today or overdue', query: { ...everyCase, due: ['today'] } },
  { name: 'IOPC owed', query: { ...everyCase, due: ['iopc'] } },
  { name: 'For review', query: { ...everyCase, due: ['review'] } },
];
