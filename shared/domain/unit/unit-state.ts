import type { AuthorKey } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { EventOf } from '../events.ts';
import { may, whoMay } from './roles.ts';
import type { Member } from './unit-events.ts';

/** Who belongs to the unit, as its log says up to some position. */
export interface UnitState {
  readonly name: string;
  readonly members: readonly Member[];
}

type UnitChange = EventOf<'unit.founded'> | EventOf<'member.admitted'>;

export const selectMember = (unit: UnitState | null, author: AuthorKey): Member | null =>
  unit?.members.find((member) => member.author === author) ?? null;

/** Keys that a member's slot has kept from the moment it was made: no log can say otherwise. */
export interface Pinned {
  readonly founder: AuthorKey;
  readonly endpointKey: AuthorKey;
}

/** The next state, or why the event changes nothing. Checked by every replica, for its own events and for others'. */
export function applyToUnit(
  unit: UnitState | null,
  event: UnitChange,
  author: AuthorKey,
  pinned: Pinned,
): Result<UnitState, string> {
  const joining = event.type === 'unit.founded' ? event.data.founder : event.data.member;
  // A member with the endpoint's key would turn its referrals into a member's acts.
  if (joining.author === pinned.endpointKey) return err('The key of the endpoint cannot be a member’s.');
  if (event.type === 'unit.founded') {
    if (unit) return err('The unit is founded already.');
    if (author !== pinned.founder) return err('Someone else than this unit’s founder claims to have founded it.');
    if (event.data.founder.author !== author) return err('A unit is founded only by the member who signs it.');
    return ok({ name: event.data.name, members: [event.data.founder] });
  }
  const admitting = selectMember(unit, author);
  if (!unit || !admitting) return err('Only a member of the unit can admit members.');
  if (!may(admitting.role, 'admitMember')) return err(`Only ${whoMay('admitMember')} can admit members.`);
  const { member } = event.data;
  if (unit.members.some(({ id, author: key }) => id === member.id || key === member.author)) {
    return err('This member is admitted already.');
  }
  return ok({ ...unit, members: [...unit.members, member] });
}
