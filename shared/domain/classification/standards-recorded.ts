import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { hasTwins, note } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { standardIds } from './standards.ts';

const data = z.strictObject({ standards: z.array(z.enum(standardIds)).max(10), why: note.nullable() });
export type StandardsRecorded = z.output<typeof data>;

export interface StandardState {
  readonly standards: History<StandardsRecorded>;
}

/** Which of the ten standards of professional behaviour the conduct alleged would breach. */
export const standardsRecorded = defineCaseEvent('standards.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { standards: [] },
  rule: ({ standards }) => (hasTwins(standards) ? refuseField('standards', 'standard-twice') : null),
  history: ({ standards }: StandardState) => standards,
  apply: ({ standards }: StandardState, recorded, signed) => ({
    standards: [...standards, { ...recorded, ...signed }],
  }),
});
