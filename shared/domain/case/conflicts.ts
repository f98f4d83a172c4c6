import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { isConflict } from '../event/history.ts';
import { sanitisedHistory } from '../sanitising/sanitised-texts.ts';
import type { CaseState } from './case-state.ts';

/** The steps of which one record stands at a time. */
const steps = [
  'risk',
  'mandatory',
  'matter',
  'severity',
  'notification',
  'categories',
  'standards',
  'harm',
  'overrides',
] as const;

type Conflict = (typeof steps)[number] | 'grade' | 'sanitised' | 'disposition' | 'safeguarding';

/** Steps that two people recorded without sight of each other. Both are kept; recording the step again settles it. */
export function selectConflicts(state: CaseState): readonly Conflict[] {
  const { exclusive, safeguarding } = selectInForce(state.dispositions);
  const parts = [null, ...state.items.map(({ entry }) => entry)];
  return [
    ...steps.filter((step) => isConflict(state[step])),
    ...(state.items.some(({ grades }) => isConflict(grades)) ? ['grade' as const] : []),
    ...(parts.some((part) => isConflict(sanitisedHistory(state, part))) ? ['sanitised' as const] : []),
    ...(exclusive.length > 1 ? ['disposition' as const] : []),
    ...(safeguarding.length > 1 ? ['safeguarding' as const] : []),
  ];
}
