import { isConflict } from '../case/history.ts';
import type { AssessmentState } from './assessment-state.ts';
import { selectInForce } from './dispositions-in-force.ts';
import { sanitisedHistory } from './sanitising.ts';

/** The steps of which one record stands at a time, as a screen calls them. */
const steps = {
  risk: 'Who is at risk now',
  mandatory: 'Mandatory referral',
  matter: 'Matter type',
  severity: 'Severity',
  notification: 'Notification of the subject',
  categories: 'Categories',
  standards: 'Standards',
  harm: 'Threat, harm and risk',
  overrides: 'Priority',
} as const;

/** Steps that two people recorded without sight of each other. Both are kept; recording the step again settles it. */
export function selectConflicts(assessment: AssessmentState): readonly string[] {
  const conflicts: string[] = Object.entries(steps)
    .filter(([step]) => isConflict(assessment[step as keyof typeof steps]))
    .map(([, label]) => label);
  assessment.items.forEach((item, index) => {
    if (isConflict(item.grades)) conflicts.push(`Grade of item ${index + 1}`);
    if (isConflict(sanitisedHistory(assessment, item.entry))) conflicts.push(`Sanitised text of item ${index + 1}`);
  });
  if (isConflict(sanitisedHistory(assessment, null))) conflicts.push('Sanitised text of the referral');
  const { outcomes, safeguarding } = selectInForce(assessment.dispositions);
  if (outcomes.length > 1) conflicts.push('Disposition');
  if (safeguarding.length > 1) conflicts.push('Safeguarding');
  return conflicts;
}
