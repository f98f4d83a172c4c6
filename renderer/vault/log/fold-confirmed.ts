import type { AuthorKey, Digest, Position } from '#shared/kernel/ids.ts';
import { type Entry, followsItsAuthor } from '#shared/log/entry.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { type FoldContext, type Folding, foldEvent, foldNewer } from './fold.ts';
import type { Ledger } from './ledger.ts';
import type { Reading, VoidCode } from './read-entries.ts';

export const startFolding = (ledger: Ledger): Folding => ({
  unit: ledger.unit,
  unitStream: ledger.unitStream,
  grants: ledger.grants,
  cases: new Map(),
  faults: [],
  newerCount: ledger.newer.count,
  newerStreams: new Set(ledger.newer.streams),
});

function whyVoid(
  tips: ReadonlyMap<AuthorKey, Digest>,
  entry: Entry,
  position: Position,
  reading: Reading,
): VoidCode | null {
  if (reading.kind === 'fault' && (reading.code === 'entry-signature' || reading.code === 'entry-parts')) {
    return reading.code;
  }
  if (!followsItsAuthor(tips, entry)) return 'author-chain';
  return entry.header.seen >= position ? 'entry-seen' : null;
}

export const foldContext = (
  { member: { slot }, program: { registry } }: OpenVault,
  before: FoldContext['before'],
): FoldContext => ({ endpointKey: slot.endpointKey, founder: slot.founder, registry, before });

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
  else folding.grants += 1;
}

/**
 * One entry of the confirmed log, at its place: what breaks a chain, a seal or a signature is named and changes nothing.
 * Returns why it is void, if it is.
 */
export function foldConfirmed(
  folding: Folding,
  tips: Map<AuthorKey, Digest>,
  { entry, position, hash }: ConfirmedEntry,
  reading: Reading,
  at: FoldContext,
): VoidCode | null {
  const { author, stream } = entry.header;
  const voidCode = whyVoid(tips, entry, position, reading);
  // An entry that its author did not sign says nothing of what that author wrote last.
  if (voidCode !== 'entry-signature') tips.set(author, hash);
  if (voidCode) folding.faults.push(warning(voidCode, position, {}, stream));
  else foldReading(folding, entry, position, reading, at);
  return voidCode;
}
