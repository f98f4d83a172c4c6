import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { StoredEntry } from './entry-rows.ts';
import { type FoldContext, type Folding, foldAfterClosing, foldEvent, foldNewer, foldUnread } from './fold.ts';
import type { Reading } from './read-entries.ts';
import type { View } from './view.ts';

/**
 * @param roster as it stands before
 * @param record what is known of the unit: up to the end of what is folded, or more of it
 */
export const startFolding = (
  roster: MaybeRoster,
  view: Pick<View, 'newer' | 'awaited'>,
  record: UnitRecord,
): Folding => ({
  roster,
  record,
  cases: new Map(),
  faults: [],
  mended: [],
  newerCount: view.newer.count,
  newerStreams: new Set(view.newer.streams),
  awaited: [...view.awaited],
});

export const foldContext = (
  { program: { registry } }: OpenVault,
  { before, firstReaders }: Pick<FoldContext, 'before' | 'firstReaders'>,
): FoldContext => ({ registry, before, firstReaders });

/** What an entry was read as, onto the folding: for one that is not void. */
export function foldReading(
  folding: Folding,
  { entry, position, arrivedAt }: Pick<StoredEntry, 'entry' | 'position' | 'arrivedAt'>,
  reading: Reading,
  at: FoldContext,
): void {
  if (reading.kind === 'fault') {
    folding.faults.push(warning(reading.code, position, {}, entry.header.stream));
  } else if (reading.kind === 'waits') foldUnread(folding, entry, at);
  else if (reading.kind === 'late') foldAfterClosing(folding, entry, reading.said, position, at);
  else if (reading.kind === 'awaits') {
    const { size, root } = reading.roster;
    folding.awaited.push({ stream: entry.header.stream, position, unit: reading.unit, at: { size, root } });
  } else if (reading.kind === 'newer') foldNewer(folding, entry, position, at);
  else if (reading.kind === 'event') foldEvent(folding, { ...reading, entry, position, arrivedAt }, at);
}

/**
 * One entry of the confirmed log, at its place: what breaks a chain, a seal or a signature is named and changes nothing.
 * @param roster as it stands there
 */
export function foldConfirmed(
  folding: Folding,
  stored: StoredEntry,
  reading: Reading,
  roster: MaybeRoster,
  at: FoldContext,
): void {
  const { entry, position, voidCode } = stored;
  folding.roster = roster;
  if (voidCode) folding.faults.push(warning(voidCode, position, {}, entry.header.stream));
  else foldReading(folding, stored, reading, at);
}
