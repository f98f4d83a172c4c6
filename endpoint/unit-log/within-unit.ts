import type { UnitId } from '#shared/kernel/ids.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { SetBackShown, wasSetBack } from './set-back.ts';

/**
 * Runs `task` in one transaction with the unit's row locked. Where it finds out that the database was set back, what it
 * did is rolled back, and that is recorded.
 */
export async function withinUnit<T>(
  { storage }: Service,
  unit: UnitId,
  task: (locked: LockedUnit) => Promise<T>,
): Promise<T> {
  try {
    return await storage.withUnit(unit, task);
  } catch (error) {
    if (!(error instanceof SetBackShown)) throw error;
    await storage.recordSetBack(unit, error.shown);
    throw wasSetBack();
  }
}
