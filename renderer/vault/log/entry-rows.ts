import type { Position } from '#shared/kernel/ids.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { pack, unpack } from '../store/pack.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';

/**
 * Confirmed entries as they came, packed by runs of positions. The row's key is its first position. They are sealed
 * once more, so that the disk does not show who acted on which case.
 */
export async function sealEntries(storeKey: CryptoKey, entries: readonly ConfirmedEntry[]): Promise<Row[]> {
  let next = 0;
  return Promise.all(
    pack(entries.map(({ entry }) => entry.wire)).map(({ items, bytes }) => {
      const run = entries.slice(next, next + items.length);
      next += items.length;
      const streams = [...new Set(run.map(({ entry }) => entry.header.stream))];
      return sealBytes(storeKey, 'entries', run[0]?.position ?? 0, bytes, streams);
    }),
  );
}

export interface StoredEntry {
  readonly position: Position;
  readonly entry: Entry;
}

/** @throws SealBroken when the row was changed; TypeError when what it holds is no entry */
export async function openEntries(storeKey: CryptoKey, row: Row): Promise<StoredEntry[]> {
  return unpack<WireEntry>(await openBytes(storeKey, 'entries', row)).map((wire, index) => {
    const entry = parseEntry(wire);
    if (!entry.ok) throw new TypeError(entry.error.detail);
    return { position: Number(row.key) + index, entry: entry.value };
  });
}
