import type { Position, UnitId } from '#shared/kernel/ids.ts';
import { proveEntry } from '#shared/log/tree/entry-proof.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import type { WireRoster } from '#shared/sync/wire.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { refuseUnlessFounded } from './founded-unit.ts';
import { checkStored } from './stored-roster.ts';
import { readLeaf, readVerifiedLog } from './verified-log.ts';
import { withinUnit } from './within-unit.ts';

/**
 * A unit's roster, with the proof of the log's last leaf, which says that these are all of its entries.
 * @param at the size of the log as which it is wanted: of an earlier checkpoint; as it is now where it is not given
 */
export async function readWholeRoster(service: Service, unit: UnitId, at?: Position): Promise<WireRoster> {
  await refuseUnlessFounded(service.storage, unit);
  return withinUnit(service, unit, async (locked) => {
    const { tree } = await readVerifiedLog(service, unit, locked);
    const last = locked.checkpoint;
    const checkpoint = at === undefined ? last : await locked.checkpointOf(at);
    if (!last || !checkpoint || checkpoint.size > last.size) throw unknownSize();
    const { size } = checkpoint;
    const leaf = await readLeaf(locked, tree, size);
    const proof = await proveEntry(readFromTiles(locked.tiles, last.size), { position: size, leaf }, checkpoint);
    const entries = await locked.roster(0, at);
    // They may have been folded long ago, and the rows be others by now.
    await checkStored(entries, leaf.rosterHead);
    return { entries: [...entries], proof };
  });
}

const unknownSize = () => new Refusal('checkpoint-unknown', 'This unit has no checkpoint of that size.');
