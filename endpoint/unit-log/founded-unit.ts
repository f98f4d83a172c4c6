import type { UnitId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { StoredRoster } from '../storage/storage.ts';

export const notFounded = () => new Refusal('unit-not-ready', 'This unit has not been founded yet.');

/** What is stored of the roster of a unit, verified. Refuses where there is no such unit, or no founding. */
export async function foundedUnit({ storage, rosters }: Service, unit: UnitId): Promise<StoredRoster> {
  const stored = await storage.roster(unit);
  if (!stored) throw new Refusal('unit-unknown', 'There is no such unit at this endpoint.');
  if (!(await rosters.read(unit, stored))) throw notFounded();
  return stored;
}
