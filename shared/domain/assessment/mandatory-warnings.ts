import { selectCurrent } from '../case/history.ts';
import type { AssessmentState } from './assessment-state.ts';
import { type MandatoryCriterion, mandatoryCriteria } from './tables/mandatory-criteria.ts';

interface Answer {
  readonly criteria: readonly MandatoryCriterion[];
  readonly becameClearAt: string | null;
}

/** What a new answer to the mandatory-referral test should make one stop at. It warns; it refuses nothing. */
export function mandatoryWarnings(
  { mandatory }: AssessmentState,
  { criteria, becameClearAt }: Answer,
): readonly string[] {
  const warnings: string[] = [];
  const before = selectCurrent(mandatory);
  const dropped = new Set(before.flatMap((test) => test.criteria.filter((id) => !criteria.includes(id))));
  for (const id of dropped) {
    warnings.push(`${mandatoryCriteria[id].label} was met before. That it may not be true is no reason to drop it.`);
  }
  const first = before.flatMap((test) => (test.becameClearAt ? [Date.parse(test.becameClearAt)] : []));
  if (becameClearAt && first.some((at) => at < Date.parse(becameClearAt))) {
    warnings.push('This moves the deadline later. The law counts from when it first became clear.');
  }
  return warnings;
}
