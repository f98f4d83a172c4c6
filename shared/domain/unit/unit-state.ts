import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Member } from './member.ts';

/** Who belongs to the unit, as its log says up to some position. */
export interface UnitState {
  readonly name: string;
  readonly members: readonly Member[];
}

/** Before it is founded. */
export const noUnit: UnitState = { name: '', members: [] };

export const selectMember = (unit: UnitState | null, author: AuthorKey): Member | null =>
  unit?.members.find((member) => member.author === author) ?? null;
