import type { Cited } from '#shared/kernel/cited.ts';
import { defaultPeriods, type PeriodId } from './periods.ts';

/** [unsure: role names differ between forces] */
export const roles = {
  analyst: { label: 'Analyst' },
  supervisor: { label: 'Supervisor' },
  reviewer: { label: 'Reviewer' },
} as const satisfies Record<string, { label: string }>;

export type Role = keyof typeof roles;
export const roleIds = Object.keys(roles) as [Role, ...Role[]];

/** An act that a unit may give to other roles than the program does. Four-eyes rules join them (domain facts, section 6). */
interface Changeable extends Cited {
  readonly by: readonly Role[];
  /** Roles that it cannot be taken from. */
  readonly always: readonly Role[];
  /** Roles that it cannot be given to. */
  readonly never: readonly Role[];
}

const local = {
  source: 'Local policy: no national rule was found',
  standing: 'unsure',
  always: [],
  never: [],
} as const;

export const policyActions = {
  takeCase: { label: 'Take a case', by: ['analyst', 'supervisor'], ...local },
  assess: { label: 'Assess a case', by: ['analyst', 'supervisor'], ...local },
  findMalicious: {
    label: 'Find a referral malicious',
    by: ['supervisor'],
    source: 'A finding against the reporter: never by an analyst alone (four-eyes practice)',
    standing: 'knowledge',
    always: [],
    never: ['analyst'],
  },
  releaseOthers: { label: 'Release a case that another member has', by: ['supervisor'], ...local },
  addReader: { label: 'Give a case to one more member', by: ['supervisor'], ...local },
  // A unit always has a supervisor (membership/roster-rules.ts), so somebody can always change it back.
  changePolicy: { label: 'Change this policy', by: ['supervisor'], ...local, always: ['supervisor'] },
} as const satisfies Record<string, Changeable>;

export type PolicyAction = keyof typeof policyActions;
export const policyActionIds = Object.keys(policyActions) as [PolicyAction, ...PolicyAction[]];

/** Acts on the roster. The endpoint and other units judge them too and read no policy, so they are the same for every unit. */
const rosterActions = {
  admitMember: ['supervisor'],
  restrictCase: ['supervisor'],
  disposeOfCase: ['supervisor'],
  /** To other units, and to whoever sent a report. */
  speakForUnit: ['analyst', 'supervisor'],
} as const satisfies Record<string, readonly Role[]>;

export type RosterAction = keyof typeof rosterActions;
export type Action = PolicyAction | RosterAction;

/** What a unit settles for itself. Every replica judges an entry by the policy at its position. */
export interface Policy {
  /** Who may do what. */
  readonly actions: Readonly<Record<PolicyAction, readonly Role[]>>;
  readonly periods: Readonly<Record<PeriodId, number>>;
  /** Words that the reporter-exposure check marks beside its own patterns. */
  readonly phrases: readonly string[];
}

export const defaultPolicy: Policy = {
  actions: {
    takeCase: policyActions.takeCase.by,
    assess: policyActions.assess.by,
    findMalicious: policyActions.findMalicious.by,
    releaseOthers: policyActions.releaseOthers.by,
    addReader: policyActions.addReader.by,
    changePolicy: policyActions.changePolicy.by,
  },
  periods: defaultPeriods,
  phrases: [],
};

export const rolesOnRoster = (action: RosterAction): readonly Role[] => rosterActions[action];

const isOnRoster = (action: Action): action is RosterAction => Object.hasOwn(rosterActions, action);

/** The roles that may: for refusals, which say who could do it. */
export const rolesThatMay = (action: Action, policy: Policy): readonly Role[] =>
  isOnRoster(action) ? rolesOnRoster(action) : policy.actions[action];

export const may = (role: Role, action: Action, policy: Policy): boolean => rolesThatMay(action, policy).includes(role);

export const mayOnRoster = (role: Role, action: RosterAction): boolean => rolesOnRoster(action).includes(role);
