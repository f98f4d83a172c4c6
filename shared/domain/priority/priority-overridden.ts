import { z } from 'zod';
import { idsOf } from '#shared/kernel/cited.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { type Priority, priorities } from './priorities.ts';

const data = z.strictObject({
  /** Null lifts the override: the priority is computed again. */
  priority: z.enum(idsOf<Priority>(priorities)).nullable(),
  why: reasons,
});
export type PriorityOverridden = z.output<typeof data>;

export interface OverrideState {
  readonly overrides: History<PriorityOverridden>;
}

/** A person sets another priority than the answers give. */
export const priorityOverridden = defineCaseEvent('priority.overridden', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { overrides: [] },
  history: ({ overrides }: OverrideState) => overrides,
  apply: ({ overrides }: OverrideState, recorded, signed) => ({
    overrides: [...overrides, { ...recorded, ...signed }],
  }),
});
