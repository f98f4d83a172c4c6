import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { Position } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { type FoldContext, type Folding, foldEvent, foldNewer } from './fold.ts';
import type { JudgedEntry } from './judge-entries.ts';
import type { Ledger } from './ledger.ts';
import type { Reading } from './read-entries.ts';

export const startFolding = (ledger: Ledger): Folding => ({
  roster: ledger.roster,
  names: ledger.names,
  cases: new Map(),
  faults: [],
  newerCount: ledger.newer.count,
  newerStreams: new Set(ledger.newer.streams),
});

export const foldContext = (
  { member: { slot }, program: { registry } }: OpenVault,
  before: FoldContext['before'],
): FoldContext => ({ endpointKey: slot.endpointKey, registry, before });

/** What an entry was read as, onto the folding: for one that is not void. */
export function foldReading(
  folding: Folding,
  entry: Entry,
  position: Position,
  reading: Reading,
  at: FoldContext,
): void {
  if (reading.kind === 'fault') {
    folding.faults.push(warning(reading.code, position, {}, entry.header.stream));
  } else if (reading.kind === 'newer') foldNewer(folding, entry, position, at);
  else if (reading.kind === 'event') foldEvent(folding, { ...reading, entry, position }, at);
}

/**
 * One entry of the confirmed log, at its place: what breaks a chain, a seal or a signature is named and changes nothing.
 * @param roster as it stands there
 */
export function foldConfirmed(
  folding: Folding,
  { entry, position, voidCode }: JudgedEntry,
  reading: Reading,
  roster: MaybeRoster,
  at: FoldContext,
): void {
  folding.roster = roster;
  if (voidCode) folding.faults.push(warning(voidCode, position, {}, entry.header.stream));
  else foldReading(folding, entry, position, reading, at);
}
