import { type Action, type Role, roleIds, roles } from './roles.ts';

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
