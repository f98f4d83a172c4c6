import type { Roster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { Storage } from '../storage/storage.ts';

export const notFounded = () => new Refusal('unit-not-ready', 'This unit has not been founded yet.');

/** Whose founding a log begins with: the founding binds the first device of all. */
export const founderOf = ({ devices }: Roster): AuthorKey | null => devices[0]?.author ?? null;

/**
 * Nothing is sealed to a log that another has founded than the operator's directory says, as it was read last: it would be for
 * whoever put that log there.
 */
export function refuseOtherFounder({ directory }: Pick<OpenEndpoint, 'directory'>, unit: UnitId, roster: Roster): void {
  const founder = directory.unit(unit)?.founder ?? null;
  if (founder === null || founder === founderOf(roster)) return;
  throw new Refusal('unit-other-founder', 'The log that is stored is not that of the unit which the operator named.');
}

/** Refuses where there is no such unit, or its log has not begun. */
export async function refuseUnlessFounded(storage: Storage, unit: UnitId): Promise<void> {
  const known = await storage.unit(unit);
  if (!known) throw new Refusal('unit-unknown', 'There is no such unit at this endpoint.');
  if (!known.founded) throw notFounded();
}
