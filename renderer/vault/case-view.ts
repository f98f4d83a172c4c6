import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import { nameOfMember, type Queue } from './cases/queue.ts';
import type { Held } from './held.ts';
import { openEntries } from './log/entry-rows.ts';
import type { CaseView, SignatureState } from './vault-api.ts';

export function toCaseView(held: Held, queue: Queue, state: CaseState): CaseView | null {
  const summary = queue.row(state.id);
  if (!summary) return null;
  const names: Record<MemberId, string> = {};
  for (const { by } of state.activity) if (by) names[by] = nameOfMember(held, by);
  if (state.holder) names[state.holder] = nameOfMember(held, state.holder);
  const signatures: Record<EntryId, SignatureState> = {};
  for (const { entry, position } of state.activity) {
    signatures[entry] = position === null ? 'waiting' : (held.signatures.get(entry) ?? 'checking');
  }
  return { state, summary, names, signatures };
}

/** Checks the signatures of a case's entries as they are stored. True when that told something new. */
export async function checkSignatures(held: Held, id: StreamId, state: CaseState): Promise<boolean> {
  const unknown = state.activity.filter(({ entry, position }) => position !== null && !held.signatures.has(entry));
  if (unknown.length === 0) return false;
  for (const row of await held.store.ofStream(id)) {
    const stored = await openEntries(held.storeKey, row).catch(() => []);
    for (const { entry } of stored) {
      if (entry.header.stream !== id) continue;
      held.signatures.set(entry.header.id, (await verifyEntry(entry)).ok ? 'verified' : 'broken');
    }
  }
  // What is not among the stored entries any more cannot be proven.
  for (const { entry } of unknown) if (!held.signatures.has(entry)) held.signatures.set(entry, 'broken');
  return true;
}
