import type { Role } from './policy.ts';

/**
 * The scopes that every unit can have, and the roles that may belong to each. The endpoint judges by it too and reads
 * no policy, so it is the same for every unit (docs/adr/0019-scopes.md). [unsure: role names differ between forces]
 */
export const scopeRoles = {
  /** Names, ranks, policy. */
  everyone: ['analyst', 'supervisor', 'reviewer'],
  /** Cases that no circle is made for. */
  unit: ['analyst', 'supervisor', 'reviewer'],
  /** Referrals before it is known whom they concern. */
  intake: ['analyst', 'supervisor'],
  /** The head of unit, and those whom the head gives it. */
  command: ['supervisor'],
  /** Contact handlers: what a reporter left to be reached by. */
  contact: ['analyst', 'supervisor'],
  /** Who looks at the use of the system. */
  audit: ['supervisor'],
} as const satisfies Record<string, readonly Role[]>;
