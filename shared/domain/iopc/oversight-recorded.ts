import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import { instantOf } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { instant, isLater, line, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { otherJurisdictionIds } from '../jurisdiction/jurisdictions.ts';

const data = z.strictObject({
  jurisdiction: z.enum(otherJurisdictionIds),
  /** The body's own reference; null while there is none. */
  reference: line(100).nullable(),
  /** When the matter went to the body; null while it has not, or need not. */
  sentAt: instant.nullable(),
  why: reasons,
});
export type OversightRecorded = z.output<typeof data>;

export interface OversightState {
  readonly oversight: History<OversightRecorded>;
}

/**
 * Of a force that is not under the law of England and Wales: what was decided by the law that it is under, of which this
 * program has neither test nor clock. Stands in the place of the mandatory-referral test.
 */
export const oversightRecorded = defineCaseEvent('oversight.recorded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { oversight: [] },
  rule: ({ sentAt, reference }, { time }) => {
    if (reference && !sentAt) return refuseField('sentAt', 'say-when-referred');
    return sentAt && isLater(sentAt, instantOf(time)) ? refuseField('sentAt', 'sent-in-future') : null;
  },
  history: ({ oversight }: OversightState) => oversight,
  apply: ({ oversight }: OversightState, recorded, signed) => ({
    oversight: [...oversight, { ...recorded, ...signed }],
  }),
});
