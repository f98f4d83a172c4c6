import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, Digest, Position, StreamId } from '#shared/kernel/ids.ts';
import { followsItsAuthor } from '#shared/log/chain.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import type { Held } from '../held.ts';
import { foldEvent, type Work } from './fold.ts';
import { fault, type Ledger } from './ledger.ts';
import type { Reading } from './read-entry.ts';

export const startWork = (ledger: Ledger): Work => ({
  unit: ledger.unit,
  unitStream: ledger.unitStream,
  grants: ledger.grants,
  caseEntries: ledger.caseEntries,
  cases: new Map(),
  faults: [],
});

/** Why an entry counts for nothing at its place in the log, whatever it says; null when it counts. */
function whyVoid(
  tips: ReadonlyMap<AuthorKey, Digest>,
  entry: Entry,
  position: Position,
  reading: Reading,
): { code: string; detail: string } | null {
  if (reading.kind === 'fault' && reading.code === 'entry-signature') return reading;
  if (!followsItsAuthor(tips, entry)) {
    return { code: 'author-chain', detail: 'It does not follow its author’s previous one.' };
  }
  if (entry.header.seen >= position) {
    return { code: 'entry-seen', detail: 'It claims to know entries that came after it.' };
  }
  return reading.kind === 'fault' ? reading : null;
}

/** One entry of the confirmed log, at its place: what breaks a chain, a seal or a signature is named and changes nothing. */
export function foldConfirmed(
  held: Pick<Held, 'slot'>,
  work: Work,
  tips: Map<AuthorKey, Digest>,
  { entry, position, hash }: ConfirmedEntry,
  reading: Reading,
  before: ReadonlyMap<StreamId, CaseState>,
): void {
  const { author, stream } = entry.header;
  const refused = whyVoid(tips, entry, position, reading);
  // An entry that its author did not sign says nothing of what that author wrote last.
  if (refused?.code !== 'entry-signature') tips.set(author, hash);
  if (refused) {
    const detail = `Entry ${position}: ${refused.detail} It changes nothing.`;
    work.faults.push(fault(refused.code, position, detail, stream));
    return;
  }
  if (reading.kind !== 'event') return;
  const { endpointKey, founder } = held.slot;
  foldEvent(work, reading.event, entry, position, { endpointKey, founder, before: (id) => before.get(id) ?? null });
}
