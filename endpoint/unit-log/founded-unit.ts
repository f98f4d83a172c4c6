import type { UnitId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Storage } from '../storage/storage.ts';

export const notFounded = () => new Refusal('unit-not-ready', 'This unit has not been founded yet.');

/** Refuses where there is no such unit, or its log has not begun. */
export async function refuseUnlessFounded(storage: Storage, unit: UnitId): Promise<void> {
  const known = (await storage.units()).find(({ id }) => id === unit);
  if (!known) throw new Refusal('unit-unknown', 'There is no such unit at this endpoint.');
  if (!known.founded) throw notFounded();
}
