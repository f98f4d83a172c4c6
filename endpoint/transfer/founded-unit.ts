import type { UnitId } from '#shared/kernel/ids.ts';
import { Refusal } from '../http/problems.ts';
import type { Storage, Unit } from '../storage/storage.ts';

/** A unit that something can be sealed to. */
export async function foundedUnit(storage: Storage, id: UnitId): Promise<Unit & { sealingKey: string }> {
  const unit = (await storage.units()).find((each) => each.id === id);
  if (!unit) throw new Refusal('unit-unknown', 'There is no such unit at this endpoint.');
  const { sealingKey } = unit;
  if (!sealingKey) throw new Refusal('unit-not-ready', 'This unit has not been founded yet.');
  return { ...unit, sealingKey };
}
