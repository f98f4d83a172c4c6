import { z } from 'zod';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { authority, reasons } from '../event/fields.ts';
import { type History, selectCurrent } from '../event/history.ts';
import { type Knew, knewAll } from '../event/signed.ts';
import { capacityIds, refuseCapacity } from './capacity.ts';
import { matterTypeIds } from './matter-types.ts';
import { type SubjectRankId, subjectRankIds } from './subject-ranks.ts';

const data = z.strictObject({
  type: z.enum(matterTypeIds),
  subjectRank: z.enum(subjectRankIds),
  capacity: z.enum(capacityIds),
  /** Of an investigator: who appointed them. */
  authority,
  why: reasons,
});
export type MatterClassified = z.output<typeof data>;

export interface MatterState {
  readonly matter: History<MatterClassified>;
}

/** Whom the matter concerns: none until it is classified, several where two classified it without knowing of each other. */
export const selectSubjectRanks = ({ matter }: MatterState, knew: Knew = knewAll): readonly SubjectRankId[] =>
  selectCurrent(matter, knew).map(({ subjectRank }) => subjectRank);

/** What kind of matter it is in law, and whom it concerns: Police Reform Act 2002 s 12. */
export const matterClassified = defineCaseEvent('matter.classified', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { matter: [] },
  rule: (said, context: RuleContext<MatterState>) => refuseCapacity(said, context.case.matter, context),
  history: ({ matter }: MatterState) => matter,
  apply: ({ matter }: MatterState, recorded, signed) => ({ matter: [...matter, { ...recorded, ...signed }] }),
});
