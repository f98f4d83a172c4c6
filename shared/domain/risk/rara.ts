import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import type { Policy } from '../policy/policy.ts';

const cited = { source: 'RARA model as flash cards have it (brainscape 11195815)', standing: 'summary' } as const;

/** What is done about a risk to a person. */
export const riskActions = {
  remove: { label: 'Remove', means: 'End the danger: arrest, move, suspend.', ...cited },
  avoid: { label: 'Avoid', means: 'Keep the person out of its way.', ...cited },
  reduce: { label: 'Reduce', means: 'Make harm less likely or less grave.', ...cited },
  accept: { label: 'Accept', means: 'Do nothing now. Say why that is right.', ...cited },
} as const satisfies Record<string, Cited & { means: string }>;

export type RiskAction = keyof typeof riskActions;
export const riskActionIds = idsOf<RiskAction>(riskActions);

const levels = { source: 'Wording of DASH levels where they exist; critical is local', standing: 'unsure' } as const;

/** How grave the risk to one person is. */
export const riskLevels = {
  critical: { label: 'Critical', means: 'Life or serious harm, now.', ...levels },
  high: { label: 'High', means: 'Could happen at any time; the impact would be serious.', ...levels },
  medium: { label: 'Medium', means: 'Unlikely unless circumstances change.', ...levels },
  standard: { label: 'Standard', means: 'Nothing now points to serious harm.', ...levels },
} as const satisfies Record<string, Cited & { means: string }>;

export type RiskLevel = keyof typeof riskLevels;
export const riskLevelIds = idsOf<RiskLevel>(riskLevels);

/** How soon a risk of that level is looked at again, by the unit's policy: 0 is the same day. */
export const riskReviewDays = (level: RiskLevel, { periods }: Policy): number => periods[`riskReview.${level}`];
