import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import type { DirectoryDraft, DirectoryUnit } from '#shared/sync/directory.ts';
import { currentKeys } from '../endpoint-keys.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { Unit } from '../storage/storage.ts';
import { founderOf } from '../unit-log/founded-unit.ts';
import { LogDiffers } from '../unit-log/log-differs.ts';
import { readStoredLog } from '../unit-log/verified-log.ts';

type Parts = Pick<OpenEndpoint, 'storage' | 'keys' | 'rosters'>;

/** Everything that the endpoint knows of its units, for the operator to compare and to sign. */
export async function draftDirectory(parts: Parts): Promise<DirectoryDraft> {
  const units: DirectoryUnit[] = [];
  for (const unit of await parts.storage.units()) units.push(await toDirectoryUnit(parts, unit));
  return { ...currentKeys(parts.keys), units };
}

export async function toDirectoryUnit(parts: Parts, unit: Unit): Promise<DirectoryUnit> {
  const { id, force, forceName, jurisdiction, name, founded } = unit;
  return { id, force, forceName, jurisdiction, name, founder: founded ? await readFounder(parts, id) : null };
}

/** Whose founding the unit's log begins with. Null where what is stored is not the log of the last checkpoint. */
async function readFounder(parts: Parts, unit: UnitId): Promise<AuthorKey | null> {
  try {
    const { roster } = await parts.storage.withUnit(unit, (locked) => readStoredLog(parts, unit, locked));
    return roster && founderOf(roster);
  } catch (error) {
    if (error instanceof LogDiffers || error instanceof TileBroken) return null;
    throw error;
  }
}
