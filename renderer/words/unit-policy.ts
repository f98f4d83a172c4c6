import { type PeriodId, periodIds, periods } from '#shared/domain/policy/periods.ts';
import {
  defaultPolicy,
  type Policy,
  type PolicyAction,
  policyActionIds,
  policyActions,
  type Role,
  roles,
} from '#shared/domain/policy/policy.ts';
import type { PolicyChanges } from '#shared/domain/unit/unit-record.ts';
import type { Standing } from '#shared/kernel/cited.ts';
import { counted } from './catalogue.ts';

/** One thing that a unit may settle for itself. */
export type SettingId = `actions.${PolicyAction}` | `periods.${PeriodId}` | 'phrases';

export interface Setting {
  readonly id: SettingId;
  readonly group: 'Who may do what' | 'Times' | 'Reporter-exposure check';
  readonly label: string;
  readonly source: string;
  readonly standing: Standing;
  /** In force under a policy. */
  readonly value: (policy: Policy) => string;
  /** Whether a change names it. */
  readonly isIn: (changes: PolicyChanges) => boolean;
}

const sayRoles = (ids: readonly Role[]): string => ids.map((id) => roles[id].label).join(', ');

/** "1 hour", "28 days", "the same day". */
const sayPeriod = (id: PeriodId, value: number): string => {
  const { unit } = periods[id];
  return value === 0 ? 'The same day' : counted(value, unit.slice(0, -1), unit);
};

const ofAction = (id: PolicyAction): Setting => ({
  id: `actions.${id}`,
  group: 'Who may do what',
  ...policyActions[id],
  value: ({ actions }) => sayRoles(actions[id]),
  isIn: ({ actions }) => actions?.[id] !== undefined,
});

const ofPeriod = (id: PeriodId): Setting => ({
  id: `periods.${id}`,
  group: 'Times',
  ...periods[id],
  value: (policy) => sayPeriod(id, policy.periods[id]),
  isIn: (changes) => changes.periods?.[id] !== undefined,
});

const ofPhrases: Setting = {
  id: 'phrases',
  group: 'Reporter-exposure check',
  label: 'Words that the unit adds',
  source: 'Local policy: what the unit’s own reporters give away',
  standing: 'unsure',
  value: ({ phrases }) => (phrases.length === 0 ? 'None' : phrases.map((each) => `“${each}”`).join(', ')),
  isIn: ({ phrases }) => phrases !== undefined,
};

/** All of them, in the order of the screen. */
export const settings: readonly Setting[] = [...policyActionIds.map(ofAction), ...periodIds.map(ofPeriod), ofPhrases];

export const defaultOf = ({ value }: Setting): string => value(defaultPolicy);

export const standingWords: Readonly<Record<Standing, string>> = {
  found: 'Read in the source',
  summary: 'Read in a summary, not in the text',
  knowledge: 'Common knowledge, not re-read',
  unsure: 'Not verified',
};
