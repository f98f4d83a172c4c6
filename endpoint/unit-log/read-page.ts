import type { Position, UnitId } from '#shared/kernel/ids.ts';
import { parseEntry, type WireEntry } from '#shared/log/entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import { type Withdrawn, withoutWithdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Page } from '#shared/sync/wire.ts';
import type { Service } from '../http/service.ts';
import { checkReadersCheckpoint, freshCheckpoint } from './checkpoints.ts';
import { servedWithout } from './withdrawals.ts';

/** No further entry once those before it have this many bytes: with the longest on top, well under `mostPageMessage`. */
const mostBytes = 8 * 1024 * 1024;

export interface PageQuery {
  readonly after: Position;
  /** The last checkpoint that the reader has, as far as they say. */
  readonly seen: Seen;
  readonly limit: number;
}

export async function readPage(service: Service, unit: UnitId, { after, limit, seen }: PageQuery): Promise<Page> {
  const theirs = await checkReadersCheckpoint(service, unit, seen);
  const { entries, checkpoint, end, rosterHead } = await service.storage.page(unit, { after, limit, mostBytes });
  const withdrawn =
    rosterHead && entries.length > 0 ? await servedWithout(service, unit, { head: rosterHead, end }) : null;
  return {
    entries: entries.map(({ position, wire, arrivedAt }) => ({
      position,
      entry: served(wire, withdrawn),
      at: arrivedAt,
    })),
    checkpoint:
      entries.length > 0 && checkpoint ? checkpoint.note : await freshCheckpoint(service, unit, checkpoint, theirs),
    end,
  };
}

/** Without what was withdrawn of it. */
function served(wire: WireEntry, withdrawn: Withdrawn | null): WireEntry {
  const parsed = withdrawn && parseEntry(wire);
  return withdrawn && parsed?.ok ? withoutWithdrawn(parsed.value, withdrawn) : wire;
}
