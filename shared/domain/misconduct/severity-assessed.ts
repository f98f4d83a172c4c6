import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { authority, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { capacityIds, refuseCapacity } from './capacity.ts';
import { type MatterState, selectSubjectRanks } from './matter-classified.ts';
import { proceedingsIds, severityLevelIds } from './severity.ts';
import { subjectRankIds } from './subject-ranks.ts';

const data = z.strictObject({
  level: z.enum(severityLevelIds),
  proceedings: z.enum(proceedingsIds).nullable(),
  subjectRank: z.enum(subjectRankIds),
  capacity: z.enum(capacityIds),
  /** Of an investigator: who appointed them. */
  authority,
  why: reasons,
});
export type SeverityAssessed = z.output<typeof data>;

export interface SeverityState {
  readonly severity: History<SeverityAssessed>;
}

/** How serious the conduct would be if it were proved: SI 2020/2 reg 16. */
export const severityAssessed = defineCaseEvent('severity.assessed', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { severity: [] },
  rule: (said, context: RuleContext<SeverityState & MatterState>) => {
    const ranks = selectSubjectRanks(context.case, context.knew);
    return ranks.length > 0 && !ranks.includes(said.subjectRank)
      ? refuseField('subjectRank', 'rank-of-matter')
      : refuseCapacity(said, context.case.severity, context);
  },
  history: ({ severity }: SeverityState) => severity,
  apply: ({ severity }: SeverityState, recorded, signed) => ({ severity: [...severity, { ...recorded, ...signed }] }),
});
