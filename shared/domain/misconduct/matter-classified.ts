import { z } from 'zod';
import { defineCaseEvent } from '../event/define-event.ts';
import { authority, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { matterTypeIds } from './matter-types.ts';

const data = z.strictObject({ type: z.enum(matterTypeIds), authority, why: reasons });
export type MatterClassified = z.output<typeof data>;

export interface MatterState {
  readonly matter: History<MatterClassified>;
}

/** What kind of matter it is in law: Police Reform Act 2002 s 12. */
export const matterClassified = defineCaseEvent('matter.classified', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { matter: [] },
  history: ({ matter }: MatterState) => matter,
  apply: ({ matter }: MatterState, recorded, signed) => ({ matter: [...matter, { ...recorded, ...signed }] }),
});
