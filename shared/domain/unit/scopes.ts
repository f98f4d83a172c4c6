import { z } from 'zod';
import { type CircleId, uuidOf } from '#shared/kernel/ids.ts';
import type { Role } from '../policy/policy.ts';

/*
 * Scopes are circles of readers, each with keys of its own. What a member may do is said by their role; what they can read
 * follows from the scopes that they were given. Who may be given which is local policy; [unsure: role names differ].
 */

/** Those that every unit can have, and the roles that may belong to each. */
const rolesOf = {
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

type StandingScope = keyof typeof rolesOf;
const standingScopes = Object.keys(rolesOf) as [StandingScope, ...StandingScope[]];
const isStanding = (scope: Scope): scope is StandingScope => Object.hasOwn(rolesOf, scope);

/** One of a unit's own: for cases that some of its members must not read. */
const circleIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as CircleId);

export const scopeSchema = z.union([z.enum(standingScopes), circleIdSchema]);
export type Scope = z.output<typeof scopeSchema>;

/** A circle is for those who read cases. */
export const mayBelong = (role: Role, scope: Scope): boolean =>
  (rolesOf[isStanding(scope) ? scope : 'unit'] as readonly Role[]).includes(role);

/** The scope that a member must have been given before: with its key their device was compared with its holder. */
export const scopeBefore = (scope: Scope): StandingScope | null => {
  if (scope === 'everyone') return null;
  return isStanding(scope) ? 'everyone' : 'unit';
};
