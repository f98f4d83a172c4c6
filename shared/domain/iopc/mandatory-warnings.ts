import { notice } from '#shared/kernel/refusal.ts';
import { selectCurrent } from '../event/history.ts';
import type { MandatoryCriterion } from './mandatory-criteria.ts';
import type { MandatoryState } from './mandatory-referral-assessed.ts';

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
