import type { AuthorKey, GenerationId, MemberId } from '#shared/kernel/ids.ts';
import {
  currentGeneration,
  deviceOf,
  hasEnded,
  memberOf,
  memberOfId,
  type Roster,
  type RosterDevice,
  type ScopeGeneration,
} from './roster.ts';
import { mayBelong, type Scope } from './scopes.ts';

/* When the key of a scope is to be replaced, for whom, and what must be passed on with it. */

/** Whether a device may read what is written for a scope: given its key, and of a member in force whose role is of it. */
export function isReader(roster: Roster, author: AuthorKey, scope: Scope): boolean {
  const member = memberOf(roster, author);
  return member !== null && mayBelong(member.role, scope) && deviceOf(roster, author)?.granted.includes(scope) === true;
}

/** The devices that hold the scope's current key, and may go on holding it. */
export const entitledTo = (roster: Roster, scope: Scope): readonly RosterDevice[] =>
  roster.devices.filter(({ author }) => isReader(roster, author, scope));

/**
 * For whom what comes from outside is sealed: whoever looks at it first, where the unit has given that scope to two members or
 * more, a supervisor among them. One alone could keep from the unit what is said of them, or lose it with their computer.
 */
export function receivingScope(roster: Roster): Scope {
  const readers = new Set(entitledTo(roster, 'intake').map(({ member }) => member));
  const hasSupervisor = [...readers].some((id) => memberOfId(roster, id)?.role === 'supervisor');
  return readers.size > 1 && hasSupervisor ? 'intake' : 'unit';
}

/** Those, and the devices that hold it while they or their member are suspended: they may come back. */
export const mayHold = (roster: Roster, scope: Scope): readonly RosterDevice[] =>
  roster.devices.filter((device) => device.granted.includes(scope) && !hasLeft(roster, device, scope));

/** The scopes that there are, in the order in which they were opened. */
export const scopesIn = ({ generations }: Roster): readonly Scope[] => [
  ...new Set(generations.map(({ scope }) => scope)),
];

/** Whether it must read no further: it or its member has ended, or its member's role is of the scope no more. */
function hasLeft(roster: Roster, device: RosterDevice, scope: Scope): boolean {
  const holder = memberOfId(roster, device.member);
  return hasEnded(roster, device) || (holder !== null && !mayBelong(holder.role, scope));
}

/**
 * The devices of a member that a case can be given to alone: in force, and compared with their holder, as each was that was
 * given the key of some scope. So whoever binds a device gives it no case by that.
 */
export const comparedDevices = (roster: Roster, member: MemberId): readonly RosterDevice[] =>
  roster.devices.filter(
    (device) => device.member === member && device.granted.length > 0 && memberOf(roster, device.author) !== null,
  );

/**
 * Whether somebody holds the scope's current key who must not read what is written from here on, or somebody who must cannot
 * open it, or it is not boxed for the recovery key of now.
 */
export function isRotationOwed(roster: Roster, scope: Scope): boolean {
  const isHeldTooLong = roster.devices.some(
    (device) => device.granted.includes(scope) && hasLeft(roster, device, scope),
  );
  const current = currentGeneration(roster, scope);
  const isUnrecoverable = current !== null && roster.recovery !== null && current.recovery !== roster.recovery.author;
  const unopenedBy = current?.unopenedBy ?? [];
  return (
    isHeldTooLong || isUnrecoverable || entitledTo(roster, scope).some(({ author }) => unopenedBy.includes(author))
  );
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
  return !isReader(roster, by, scope) && !carriedBy.includes(by);
}
