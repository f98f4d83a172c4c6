import type { AuthorKey, GenerationId } from '#shared/kernel/ids.ts';
import {
  currentGeneration,
  deviceOf,
  memberOf,
  memberOfId,
  type Roster,
  type RosterDevice,
  type Scope,
  type ScopeGeneration,
} from './roster.ts';

/* When the key of a scope is to be replaced, for whom, and what must be passed on with it. */

/** The devices that hold the scope's current key, and may go on holding it. */
export const entitledTo = (roster: Roster, scope: Scope): readonly RosterDevice[] =>
  roster.devices.filter(({ author, granted }) => granted.includes(scope) && memberOf(roster, author) !== null);

const hasEnded = (roster: Roster, { standing, member }: RosterDevice): boolean =>
  standing === 'ended' || memberOfId(roster, member)?.standing === 'ended';

/**
 * Whether somebody holds the scope's current key who must not read what is written from here on, or somebody who must cannot
 * open it.
 */
export function isRotationOwed(roster: Roster, scope: Scope): boolean {
  const isHeldTooLong = roster.devices.some((device) => device.granted.includes(scope) && hasEnded(roster, device));
  const unopenedBy = currentGeneration(roster, scope)?.unopenedBy ?? [];
  return isHeldTooLong || entitledTo(roster, scope).some(({ author }) => unopenedBy.includes(author));
}

/**
 * The generation whose key a device must put under the one that replaces another: that one, or the last before it that this
 * device could open. Null when it could open none.
 */
export function pastOf(
  { generations }: Roster,
  scope: Scope,
  replaces: GenerationId,
  author: AuthorKey,
): ScopeGeneration | null {
  const upTo = generations.slice(0, generations.findIndex(({ id }) => id === replaces) + 1);
  const isPast = (each: ScopeGeneration): boolean => each.scope === scope && (each.counts || each.id === replaces);
  return upTo.findLast((each) => isPast(each) && !each.unopenedBy.includes(author)) ?? null;
}

/**
 * Whether a device that can open a generation is to pass it on, so that whoever joins later reads what is under it. Whoever
 * made it does; another where they no longer can, or where somebody could not open what they made.
 */
export function isCarryOwed(
  roster: Roster,
  { scope, by, aside, carriedBy, unopenedBy }: ScopeGeneration,
  author: AuthorKey,
): boolean {
  if (!aside || carriedBy.includes(author)) return false;
  if (author === by || unopenedBy.length > 0) return true;
  const isWithMaker = memberOf(roster, by) !== null && deviceOf(roster, by)?.granted.includes(scope) === true;
  return !isWithMaker && !carriedBy.includes(by);
}
