import { knewOf } from '../event/signed.ts';
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

/** What stands of a case though whoever decided it did not know of the last referral that was joined to it: without its text. */
export function recordedBeforeJoin(state: CaseState): readonly PolicyLine['kind'][] {
  if (state.joined.length === 0) return [];
  const lines = selectPolicyLog(state);
  const join = state.joined.at(-1);
  const before = lines.filter((line) => join && !line.superseded && isOfWhole(line) && !knewOf(line.decided, join));
  return [...new Set(before.map(({ kind }) => kind))];
}
