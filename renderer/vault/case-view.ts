import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import { nameOfMember, type Queue } from './cases/queue.ts';
import { openEntries } from './log/entry-rows.ts';
import type { OpenVault } from './open-vault.ts';
import type { CaseView, SignatureState } from './vault-api.ts';

export function toCaseView(vault: OpenVault, queue: Queue, state: CaseState): CaseView | null {
  const summary = queue.row(state.id);
  if (!summary) return null;
  const names: Record<MemberId, string> = {};
  for (const id of [...state.activity.map(({ by }) => by), state.holder]) {
    const name = id && nameOfMember(vault, id);
    if (name) names[id] = name;
  }
  const signatures: Record<EntryId, SignatureState> = {};
  for (const { entry, position } of state.activity) {
    signatures[entry] = position === null ? 'waiting' : (vault.findings.signatures.get(entry) ?? 'checking');
  }
  return { state, summary, names, signatures };
}

/** Checks the signatures of a case's entries as they are stored. True when that told something new. */
export async function checkSignatures(vault: OpenVault, id: StreamId, state: CaseState): Promise<boolean> {
  const unknown = state.activity.filter(
    ({ entry, position }) => position !== null && !vault.findings.signatures.has(entry),
  );
  if (unknown.length === 0) return false;
  for (const row of await vault.io.store.ofStream(id)) {
    const stored = await openEntries(vault.member.storeKey, row).catch(() => []);
    for (const { entry } of stored) {
      if (entry.header.stream !== id) continue;
      vault.findings.signatures.set(entry.header.id, (await verifyEntry(entry)).ok ? 'verified' : 'broken');
    }
  }
  // What is not among the stored entries any more cannot be proven.
  for (const { entry } of unknown)
    if (!vault.findings.signatures.has(entry)) vault.findings.signatures.set(entry, 'broken');
  return true;
}
