import { z } from 'zod';
import { defineCaseEvent } from '../event/define-event.ts';
import { reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { ndmSchema, thriveSchema } from './thrive-schema.ts';

const data = z.strictObject({ thrive: thriveSchema, ndm: ndmSchema, rationale: reasons });
export type HarmAssessed = z.output<typeof data>;

export interface HarmState {
  readonly harm: History<HarmAssessed>;
}

/** (f) Threat, harm and risk, with notes on the stages of the decision model. */
export const harmAssessed = defineCaseEvent('harm.assessed', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { harm: [] },
  history: ({ harm }: HarmState) => harm,
  apply: ({ harm }: HarmState, recorded, signed) => ({ harm: [...harm, { ...recorded, ...signed }] }),
});
