import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { AuthorKey, Digest, StreamId } from '#shared/kernel/ids.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import type { ConfirmedEntry } from '#shared/sync/accept-page.ts';
import type { Held } from '../held.ts';
import { foldConfirmed, startWork } from './fold-confirmed.ts';
import { emptyLedger } from './ledger.ts';
import { type Reading, readEntry } from './read-entry.ts';
import { walkLog } from './walk-log.ts';

/**
 * A case from the log alone, when its stored state does not open: exactly as it was folded when it came, with the
 * members of that time and without what was void. Null when its referral cannot be read either.
 */
export async function rebuildCase(held: Held, id: StreamId): Promise<CaseState | null> {
  const work = startWork(await emptyLedger(held.slot.unit));
  const tips = new Map<AuthorKey, Digest>();
  const matters = (stream: StreamId) => stream === id || stream === held.ledger.unitStream;
  const read = async ({ entry }: ConfirmedEntry): Promise<Reading> => {
    if (matters(entry.header.stream)) return readEntry(entry, held, true);
    // Other entries only move their author's chain on, if that author signed them.
    const covered = entry.header.author === held.slot.endpointKey;
    const signed = covered || (await verifyEntry(entry)).ok;
    return signed ? { kind: 'notForUs' } : { kind: 'fault', code: 'entry-signature', detail: '' };
  };
  for await (const { entries } of walkLog(held)) {
    for (const confirmed of entries) foldConfirmed(held, work, tips, confirmed, await read(confirmed), new Map());
  }
  return work.cases.get(id) ?? null;
}
