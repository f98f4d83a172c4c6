import type { Cited } from '#shared/kernel/cited.ts';
import type { Priority } from '../priority/priorities.ts';

const local = {
  source: 'Local policy: no national period for PSD or corruption intelligence was found. Not verified',
  standing: 'unsure',
} as const;

/**
 * When what was recorded for intelligence is looked at again, by its priority: what could do more harm, sooner. Only a
 * default, which the person who records may change. A force sets its own.
 */
export const reviewPeriods = {
  immediate: { label: '3 months', months: 3, ...local },
  high: { label: '3 months', months: 3, ...local },
  raised: { label: '6 months', months: 6, ...local },
  standard: { label: '12 months', months: 12, ...local },
} as const satisfies Record<Priority, Cited & { months: number }>;
