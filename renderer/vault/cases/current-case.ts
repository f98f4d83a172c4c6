import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { StreamKeys } from '../keys/held-keys.ts';
import { foldStream } from '../log/fold-stream.ts';
import { streamKeysIn } from '../log/view.ts';
import type { OpenVault } from '../open-vault.ts';
import { indexedCase } from './case-index.ts';
import { type IndexedCase, isOfThisFold, readCase, type StoredCase } from './case-rows.ts';

const mostRecent = 32;

/** From its row; from its entries where the row is damaged, or was made by another version of the fold. */
export async function readIndexed(vault: OpenVault, indexed: IndexedCase): Promise<StoredCase | null> {
  const { id } = indexed.summary;
  const stored = await readCase(vault.io.store, vault.log.readership, indexed).catch(() => null);
  if (stored && isOfThisFold(vault.program, indexed)) return stored;
  const { state, keys } = await foldStream(vault, id);
  return state && { state, keys };
}

async function confirmed(vault: OpenVault, id: StreamId): Promise<StoredCase | null> {
  const { recent } = vault.cases;
  const indexed = indexedCase(vault.cases, id);
  if (!indexed) return null;
  const known = recent.get(id);
  if (known) return known;
  const stored = await readIndexed(vault, indexed);
  // A page may have come in while it was read: what is read then is of before.
  if (!stored || indexedCase(vault.cases, id) !== indexed) return stored;
  if (recent.size >= mostRecent) recent.delete(recent.keys().next().value as StreamId);
  recent.set(id, stored);
  return stored;
}

/** The case as the confirmed log has it; null when there is none. */
export const confirmedCase = async (vault: OpenVault, id: StreamId): Promise<CaseState | null> =>
  (await confirmed(vault, id))?.state ?? null;

/** The case as the screen has it: with what waits. */
export const currentCase = async (vault: OpenVault, id: StreamId): Promise<CaseState | null> =>
  vault.cases.projected.get(id) ?? confirmedCase(vault, id);

/** The content keys of a stream, as the confirmed log brought them: of a case, or of any other stream. */
export async function keysOfStream(vault: OpenVault, stream: StreamId): Promise<StreamKeys> {
  const known = await confirmed(vault, stream);
  return known ? known.keys : streamKeysIn(vault.log.view, stream);
}
