import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { foldStream } from '../log/fold-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOf, type IndexedCase, isOfThisFold, readCase } from './case-rows.ts';

const mostRecent = 32;

/** From its row; from its entries where the row is damaged, or was made by another version of the fold. */
export async function readIndexed(vault: OpenVault, indexed: IndexedCase): Promise<CaseState | null> {
  const { id } = indexed.summary;
  if (!isOfThisFold(vault.program, indexed)) return (await foldStream(vault, id)).state;
  try {
    return await readCase(vault.io.store, vault.member.storeKey, indexed);
  } catch {
    return (await foldStream(vault, id)).state;
  }
}

/** The case as the confirmed log has it; null when there is none. */
export async function confirmedCase(vault: OpenVault, id: StreamId): Promise<CaseState | null> {
  const { confirmed, recent } = vault.cases;
  const indexed = confirmed.get(id);
  if (!indexed) return null;
  const known = recent.get(id);
  if (known && entriesOf(known) === indexed.entries && isOfThisFold(vault.program, indexed)) return known;
  const state = await readIndexed(vault, indexed);
  if (!state) return null;
  if (recent.size >= mostRecent) recent.delete(recent.keys().next().value as StreamId);
  recent.set(id, state);
  return state;
}

/** The case as the screen has it: with what waits. */
export const currentCase = async (vault: OpenVault, id: StreamId): Promise<CaseState | null> =>
  vault.cases.projected.get(id) ?? confirmedCase(vault, id);
