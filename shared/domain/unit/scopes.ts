import { z } from 'zod';
import { type CircleId, type GenerationId, uuidOf } from '#shared/kernel/ids.ts';
import type { Role } from '../policy/policy.ts';
import { scopeRoles } from '../policy/scope-roles.ts';

/*
 * Scopes are circles of readers, each with keys of its own. What a member may do is said by their role; what they can read
 * follows from the scopes that they were given.
 */

type StandingScope = keyof typeof scopeRoles;
const standingScopes = Object.keys(scopeRoles) as [StandingScope, ...StandingScope[]];
const isStanding = (scope: Scope): scope is StandingScope => Object.hasOwn(scopeRoles, scope);

/** One of a unit's own: for cases that some of its members must not read. */
const circleIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as CircleId);

export const scopeSchema = z.union([z.enum(standingScopes), circleIdSchema]);
export type Scope = z.output<typeof scopeSchema>;

/** A circle is for those who read cases. */
export const mayBelong = (role: Role, scope: Scope): boolean =>
  (scopeRoles[isStanding(scope) ? scope : 'unit'] as readonly Role[]).includes(role);

/**
 * The scope that a member must have been given before: with its key their device was compared with its holder. Who looks first at
 * what comes is of the unit too, to which what another unit sends is sealed.
 */
export const scopeBefore = (scope: Scope): StandingScope | null => {
  if (scope === 'everyone') return null;
  return isStanding(scope) && scope !== 'intake' ? 'everyone' : 'unit';
};

/** What is asked of a roster here. */
export interface NamedGenerations {
  readonly generations: readonly { readonly id: GenerationId; readonly scope: Scope }[];
}

/** The scope whose key a generation is. Null when the roster does not name it. */
export const scopeOfGeneration = (roster: NamedGenerations | null, id: GenerationId): Scope | null =>
  roster?.generations.find((each) => each.id === id)?.scope ?? null;
