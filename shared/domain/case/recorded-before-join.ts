import type { CaseState } from './case-state.ts';
import { type PolicyLine, selectPolicyLog } from './policy-log.ts';

/** Decided with sight of all that the referral says. */
const ofTheText: readonly PolicyLine['kind'][] = [
  'risk.assessed',
  'mandatoryReferral.assessed',
  'matter.classified',
  'severity.assessed',
  'categories.recorded',
  'standards.recorded',
  'harm.assessed',
  'disposition.recorded',
];

const isOfWhole = (line: PolicyLine): boolean =>
  line.kind === 'sanitised.recorded' ? line.decided.number === null : ofTheText.includes(line.kind);

/** What stands of a case though it was decided before the last referral was joined to it: without its text. */
export function recordedBeforeJoin(state: CaseState): readonly PolicyLine['kind'][] {
  if (state.joined.length === 0) return [];
  const lines = selectPolicyLog(state);
  const join = lines.findLastIndex(({ kind }) => kind === 'referral.joined');
  const before = lines.slice(0, join).filter((line) => !line.superseded && isOfWhole(line));
  return [...new Set(before.map(({ kind }) => kind))];
}
