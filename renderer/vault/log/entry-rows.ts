import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { entryLength } from '#shared/sync/wire.ts';
import type { OpenVault } from '../open-vault.ts';
import { groupBySize } from '../store/pack.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';
import type { JudgedEntry, VoidCode } from './judge-entries.ts';

/** As it was judged when it came. */
export interface StoredEntry extends JudgedEntry {
  /** When the endpoint took it in: milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** As it lies in a row: the entry as it came, why it is void where it is, its stream, to be found by, and when it came. */
type Line = readonly [WireEntry, VoidCode | null, StreamId, number];

/** What CBOR and the names of the parts add to an entry: less than this. */
const around = 64;

/**
 * Confirmed entries as they came, packed by runs of positions. The row's key is its first position. They are sealed
 * once more, so that the disk does not show who acted on which case.
 */
export const sealEntries = (storeKey: CryptoKey, entries: readonly StoredEntry[]): Promise<Row[]> =>
  Promise.all(
    groupBySize(entries, ({ entry }) => entryLength(entry.wire) + around).map((run) => {
      const lines = run.map(
        ({ entry, voidCode, arrivedAt }): Line => [entry.wire, voidCode, entry.header.stream, arrivedAt],
      );
      const streams = [...new Set(run.map(({ entry }) => entry.header.stream))];
      return sealBytes(storeKey, 'entries', run[0]?.position ?? 0, toCbor(lines), streams);
    }),
  );

/**
 * @param only the entries of this stream: the others of the row are not looked at
 * @throws SealBroken when the row was changed; Error when what it holds is no entry
 */
export async function openEntries(storeKey: CryptoKey, row: Row, only?: StreamId): Promise<StoredEntry[]> {
  const lines = fromCbor(await openBytes(storeKey, 'entries', row)) as readonly Line[];
  return lines.flatMap(([wire, voidCode, stream, arrivedAt], index) => {
    if (only && stream !== only) return [];
    const entry = parseEntry(wire);
    if (!entry.ok) throw new TypeError(entry.error.code);
    return [{ position: Number(row.key) + index, entry: entry.value, voidCode, arrivedAt }];
  });
}

/**
 * What takes the place of a row whose entries are changed; nothing where none is.
 * @param stored all that the row holds
 * @param change returns the same object for an entry that stays as it is
 */
export async function sealChanged(
  storeKey: CryptoKey,
  stored: readonly StoredEntry[],
  change: (entry: Entry, position: Position) => Entry,
): Promise<readonly Row[]> {
  const changed = stored.map((each) => ({ ...each, entry: change(each.entry, each.position) }));
  const isSame = changed.every(({ entry }, index) => entry === stored[index]?.entry);
  return isSame ? [] : sealEntries(storeKey, changed);
}

/** Stored entries of one stream, in order. Rows that do not open are passed over: `verifyLog` names them. */
export async function entriesOfStream({ io, member }: OpenVault, stream: StreamId): Promise<readonly StoredEntry[]> {
  const rows = await io.store.ofStream(stream);
  const opened = await Promise.all(rows.map((row) => openEntries(member.storeKey, row, stream).catch(() => [])));
  return opened.flat();
}
