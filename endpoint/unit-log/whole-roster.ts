import type { UnitId } from '#shared/kernel/ids.ts';
import { proveEntry } from '#shared/log/tree/entry-proof.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import type { WireRoster } from '#shared/sync/wire.ts';
import type { Service } from '../http/service.ts';
import { notFounded, refuseUnlessFounded } from './founded-unit.ts';
import { checkStored } from './stored-roster.ts';
import { readVerifiedLog } from './verified-log.ts';
import { withinUnit } from './within-unit.ts';

/** A unit's roster, with the proof of the log's last leaf, which says that these are all of its entries. */
export async function readWholeRoster(service: Service, unit: UnitId): Promise<WireRoster> {
  await refuseUnlessFounded(service.storage, unit);
  return withinUnit(service, unit, async (locked) => {
    const { leaf } = await readVerifiedLog(service, unit, locked);
    const { checkpoint, tiles } = locked;
    if (!leaf || !checkpoint) throw notFounded();
    const { size } = checkpoint;
    const proof = await proveEntry(readFromTiles(tiles, size), { position: size, leaf }, checkpoint);
    const entries = await locked.roster(0);
    // They may have been folded long ago, and the rows be others by now.
    checkStored(entries, leaf.rosterHead);
    return { entries: [...entries], proof };
  });
}
