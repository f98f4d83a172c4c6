/**
 * Who may do what. Local policy of this first slice; four-eyes rules join it (domain facts, section 6: author is not
 * approver). [unsure: role names differ between forces]
 */
export const roles = {
  analyst: { label: 'Analyst', actions: ['takeCase', 'recordDecision', 'assess'] },
  supervisor: {
    label: 'Supervisor',
    actions: ['takeCase', 'recordDecision', 'assess', 'findMalicious', 'releaseOthers', 'admitMember'],
  },
  reviewer: { label: 'Reviewer', actions: [] },
} as const satisfies Record<string, { label: string; actions: readonly Action[] }>;

export type Role = keyof typeof roles;
/** `findMalicious`: a finding against the reporter, never an analyst's alone (domain facts, sections 1 and 6). */
export type Action = 'takeCase' | 'recordDecision' | 'assess' | 'findMalicious' | 'releaseOthers' | 'admitMember';
export const roleIds = Object.keys(roles) as [Role, ...Role[]];

export const may = (role: Role, action: Action): boolean => (roles[role].actions as readonly Action[]).includes(action);

/** "a supervisor", for refusals that say who could do it. */
export const whoMay = (action: Action): string =>
  roleIds
    .filter((role) => may(role, action))
    .map((role) => `a${/^[aeiou]/.test(role) ? 'n' : ''} ${roles[role].label.toLowerCase()}`)
    .join(' or ');
