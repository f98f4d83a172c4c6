import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { openEntries } from './entry-rows.ts';
import { foldEvent, type Work } from './fold.ts';
import { readEntry } from './read-entry.ts';

/**
 * A case from its entries alone, when its stored state does not open: what is stored of a case can always be made
 * again from the log. Null when its referral cannot be read either.
 */
export async function rebuildCase(held: Held, id: StreamId): Promise<CaseState | null> {
  const { ledger, slot } = held;
  const work: Work = { ...ledger, faults: [], cases: new Map() };
  for (const row of await held.store.ofStream(id)) {
    const stored = await openEntries(held.storeKey, row).catch(() => []);
    for (const { entry, position } of stored) {
      if (entry.header.stream !== id) continue;
      const reading = await readEntry(entry, held.keyring, false);
      if (reading.kind !== 'event') continue;
      foldEvent(work, reading.event, entry, position, { endpointKey: slot.endpointKey, before: () => null });
    }
  }
  return work.cases.get(id) ?? null;
}
