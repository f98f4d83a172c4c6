import type { QueueRow } from '#renderer/state/queue-store.ts';
import { saySubjectsShort } from '#renderer/words/subjects.ts';
import { statuses } from '#shared/domain/case/case-state.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/* What stands in a row, as the cells show it and as their columns are measured by. */

export const subjectOf = ({ subject }: QueueRow): string => saySubjectsShort(subject);

export const statusOf = ({ status, waiting }: QueueRow): string => `${statuses[status]}${waiting ? ' · waiting' : ''}`;

export const ownerOf = ({ holder, holderName }: QueueRow): string =>
  holder ? visibleText(holderName ?? 'A member') : 'Nobody';
