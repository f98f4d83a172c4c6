import type { Position } from '#shared/kernel/ids.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { pack, unpack } from '../store/pack.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import type { VoidCode } from './fold-confirmed.ts';

export interface StoredEntry {
  readonly position: Position;
  readonly entry: Entry;
  /** Why it counts for nothing; null when it counts. */
  readonly voidCode: VoidCode | null;
}

/** As it lies in a row: the entry as it came, and why it is void where it is. */
type Line = WireEntry & { readonly void?: VoidCode };

/**
 * Confirmed entries as they came, packed by runs of positions. The row's key is its first position. They are sealed
 * once more, so that the disk does not show who acted on which case.
 */
export async function sealEntries(storeKey: CryptoKey, entries: readonly StoredEntry[]): Promise<Row[]> {
  let next = 0;
  const lines = entries.map(({ entry, voidCode }): Line => (voidCode ? { ...entry.wire, void: voidCode } : entry.wire));
  return Promise.all(
    pack(lines).map(({ items, bytes }) => {
      const run = entries.slice(next, next + items.length);
      next += items.length;
      const streams = [...new Set(run.map(({ entry }) => entry.header.stream))];
      return sealBytes(storeKey, 'entries', run[0]?.position ?? 0, bytes, streams);
    }),
  );
}

/** @throws SealBroken when the row was changed; TypeError when what it holds is no entry */
export async function openEntries(storeKey: CryptoKey, row: Row): Promise<StoredEntry[]> {
  return unpack<Line>(await openBytes(storeKey, 'entries', row)).map(({ void: voidCode, ...wire }, index) => {
    const entry = parseEntry(wire);
    if (!entry.ok) throw new TypeError(entry.error.code);
    return { position: Number(row.key) + index, entry: entry.value, voidCode: voidCode ?? null };
  });
}
