/**
 * Who may do what. Local policy; four-eyes rules join it (domain facts, section 6: author is not
 * approver). [unsure: role names differ between forces]
 */
export const roles = {
  analyst: { label: 'Analyst', actions: ['takeCase', 'assess'] },
  supervisor: {
    label: 'Supervisor',
    actions: ['takeCase', 'assess', 'findMalicious', 'releaseOthers', 'admitMember', 'restrictCase', 'disposeOfCase'],
  },
  reviewer: { label: 'Reviewer', actions: [] },
} as const satisfies Record<string, { label: string; actions: readonly Action[] }>;

export type Role = keyof typeof roles;
/** `findMalicious`: a finding against the reporter, never an analyst's alone (domain facts, sections 1 and 6). */
export type Action =
  | 'takeCase'
  | 'assess'
  | 'findMalicious'
  | 'releaseOthers'
  | 'admitMember'
  | 'restrictCase'
  | 'disposeOfCase';
export const roleIds = Object.keys(roles) as [Role, ...Role[]];

/** Local policy as data: what a unit may settle for itself. Every replica judges an entry by the policy at its position. */
export interface Policy {
  /** Who may do what. */
  readonly actions: Readonly<Record<Role, readonly Action[]>>;
}

export const defaultPolicy: Policy = {
  actions: { analyst: roles.analyst.actions, supervisor: roles.supervisor.actions, reviewer: roles.reviewer.actions },
};

export const may = (role: Role, action: Action, policy: Policy = defaultPolicy): boolean =>
  policy.actions[role].includes(action);

/** The roles that may: for refusals, which say who could do it. */
export const rolesThatMay = (action: Action, policy: Policy = defaultPolicy): readonly Role[] =>
  roleIds.filter((role) => may(role, action, policy));
