import type { z } from 'zod';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { may, rolesThatMay } from '../policy/policy.ts';
import { type Member, selectMember, type UnitState } from '../unit/unit-state.ts';
import { memberAdmitted } from './member-admitted.ts';
import { unitFounded } from './unit-founded.ts';

type UnitChange =
  | { readonly type: typeof unitFounded.type; readonly data: z.output<typeof unitFounded.data> }
  | { readonly type: typeof memberAdmitted.type; readonly data: z.output<typeof memberAdmitted.data> };

export const changesUnit = (event: { readonly type: string }): event is UnitChange =>
  event.type === unitFounded.type || event.type === memberAdmitted.type;

/** Keys that a member's slot has kept from the moment it was made: no log can say otherwise. */
export interface Pinned {
  readonly founder: AuthorKey;
  readonly endpointKey: AuthorKey;
}

const refuseFounding = (unit: UnitState | null, founder: Member, author: AuthorKey, pinned: Pinned) => {
  if (unit) return refuse('unit-founded-already');
  if (author !== pinned.founder) return refuse('other-founder');
  return founder.author === author ? null : refuse('founder-not-author');
};

const refuseAdmission = (unit: UnitState | null, member: Member, author: AuthorKey) => {
  const admitting = selectMember(unit, author);
  if (!unit || !admitting || !may(admitting.role, 'admitMember')) {
    return refuse('not-allowed', { action: 'admitMember', roles: rolesThatMay('admitMember') });
  }
  const isKnown = unit.members.some(({ id, author: key }) => id === member.id || key === member.author);
  return isKnown ? refuse('member-admitted-already') : null;
};

/** The next state, or why the event changes nothing. Checked by every replica, for its own events and for others'. */
export function applyToUnit(unit: UnitState | null, event: UnitChange, author: AuthorKey, pinned: Pinned) {
  const joining = event.type === 'unit.founded' ? event.data.founder : event.data.member;
  // A member with the endpoint's key would turn its referrals into a member's acts.
  if (joining.author === pinned.endpointKey) return err(refuse('key-of-endpoint'));
  const refusal =
    event.type === 'unit.founded'
      ? refuseFounding(unit, joining, author, pinned)
      : refuseAdmission(unit, joining, author);
  if (refusal) return err(refusal);
  const next: UnitState =
    event.type === 'unit.founded'
      ? { name: event.data.name, members: [joining] }
      : { name: unit?.name ?? '', members: [...(unit?.members ?? []), joining] };
  return ok(next);
}

type Applied = ReturnType<typeof applyToUnit>;
export type UnitRefusalCode = Extract<Applied, { ok: false }>['error']['code'];
