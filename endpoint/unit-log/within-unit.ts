import type { UnitId } from '#shared/kernel/ids.ts';
import { toSeen } from '#shared/log/seen.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { LockedUnit, StoredCheckpoint } from '../storage/storage.ts';
import { SetBackShown, wasSetBack } from './set-back.ts';
import { verifyStored } from './verified-log.ts';

/**
 * Runs `task` in one transaction with the unit's row locked. Where it finds out that the database was set back, what it
 * did is rolled back, and that is recorded.
 */
export async function withinUnit<T>(
  service: OpenEndpoint,
  unit: UnitId,
  task: (locked: LockedUnit) => Promise<T>,
): Promise<T> {
  try {
    return await commitAndNote(service, unit, task);
  } catch (error) {
    if (!(error instanceof SetBackShown)) throw error;
    await service.storage.recordSetBack(unit, error.shown);
    throw wasSetBack();
  }
}

/**
 * What was appended is noted beside the database: after it was committed, or the note could be of what never was; and before
 * anybody is told, or what they were told could be taken away unnoticed.
 */
async function commitAndNote<T>(
  service: OpenEndpoint,
  unit: UnitId,
  task: (locked: LockedUnit) => Promise<T>,
): Promise<T> {
  const { storage, checkpointNotes } = service;
  const { result, appended } = await storage.withUnit(unit, async (locked) => {
    const appended: StoredCheckpoint[] = [];
    const append: LockedUnit['append'] = async (entries, checkpoint, tiles) => {
      await locked.append(entries, checkpoint, tiles);
      appended.push(checkpoint);
    };
    return { result: await task({ ...locked, append }), appended };
  });
  for (const checkpoint of appended) {
    await checkpointNotes.note(unit, toSeen((await verifyStored(service, unit, checkpoint)).signed));
  }
  return result;
}
