import { z } from 'zod';
import { notice, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { hasTwins, instant, isLater, reasons } from '../event/fields.ts';
import { type History, selectCurrent } from '../event/history.ts';
import { isDsiBesideConduct, type MandatoryCriterion, mandatoryCriterionIds } from './mandatory-criteria.ts';
import { seriousCorruptionIds } from './serious-corruption.ts';

const data = z.strictObject({
  /** Criteria met; none: it need not be referred. */
  criteria: z.array(z.enum(mandatoryCriterionIds)).max(20),
  /** Which kinds of serious corruption, where that is a criterion. */
  corruption: z.array(z.enum(seriousCorruptionIds)).max(20),
  /**
   * When it first became clear that a criterion applies, or the Director General's notice came: the deadline runs from
   * that day. Null without criteria.
   */
  becameClearAt: instant.nullable(),
  rationale: reasons,
});
export type MandatoryReferralAssessed = z.output<typeof data>;

export interface MandatoryState {
  readonly mandatory: History<MandatoryReferralAssessed>;
}

/**
 * (b) The mandatory-referral test: Police Reform Act 2002 Sch 3 paras 4, 13; SI 2020/2 reg 4, reg 7. Looks at the criteria and the instant only: no grade, no
 * merits, the conduct as alleged is the test (Rose v GMP [2021] EWHC 875 (Admin)). Anyone who may assess may find a
 * criterion met; that others disagree is for them to record.
 */
export const mandatoryReferralAssessed = defineCaseEvent('mandatoryReferral.assessed', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { mandatory: [] },
  protects: ({ criteria }) => criteria.length > 0,
  rule: ({ criteria, corruption, becameClearAt }, { time }) => {
    if (hasTwins(criteria)) return refuseField('criteria', 'criterion-twice');
    if (hasTwins(corruption)) return refuseField('corruption', 'criterion-twice');
    if (corruption.length > 0 && !criteria.includes('seriousCorruption')) {
      return refuseField('criteria', 'corruption-without-criterion');
    }
    if (isDsiBesideConduct(criteria)) return refuseField('criteria', 'dsi-beside-conduct');
    if (criteria.length === 0) return becameClearAt ? refuseField('becameClearAt', 'clear-without-criterion') : null;
    if (!becameClearAt) return refuseField('becameClearAt', 'say-when-clear');
    return isLater(becameClearAt, instantOf(time)) ? refuseField('becameClearAt', 'clear-in-future') : null;
  },
  history: ({ mandatory }: MandatoryState) => mandatory,
  apply: ({ mandatory }: MandatoryState, recorded, signed) => ({
    mandatory: [...mandatory, { ...recorded, ...signed }],
  }),
});

interface Answer {
  readonly criteria: readonly MandatoryCriterion[];
  readonly becameClearAt: string | null;
}

/** What a new answer to the mandatory-referral test should make one stop at. It warns; it refuses nothing. */
export function mandatoryWarnings({ mandatory }: MandatoryState, { criteria, becameClearAt }: Answer) {
  const before = selectCurrent(mandatory);
  const dropped = new Set(before.flatMap((test) => test.criteria.filter((id) => !criteria.includes(id))));
  const first = before.flatMap((test) => (test.becameClearAt ? [Date.parse(test.becameClearAt)] : []));
  const isLater = becameClearAt !== null && first.some((at) => at < Date.parse(becameClearAt));
  return [
    ...[...dropped].map((criterion) => notice('criterion-dropped', { criterion })),
    ...(isLater ? [notice('deadline-later')] : []),
  ];
}
