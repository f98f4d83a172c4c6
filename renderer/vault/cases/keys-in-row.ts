import type { StreamId } from '#shared/kernel/ids.ts';
import { noKeys, type StreamKeys } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { indexedCase } from './case-index.ts';
import { readCase } from './case-rows.ts';

/**
 * The content keys in the row of a case, which an earlier fold may have made: a box may stand in another stream than its own.
 * None where there is no such case; null when its row is damaged.
 */
export async function keysInRow({ cases, io, log }: OpenVault, id: StreamId): Promise<StreamKeys | null> {
  const indexed = indexedCase(cases, id);
  if (!indexed) return noKeys;
  const stored = await readCase(io.store, log.readership, indexed).catch(() => null);
  return stored?.keys ?? null;
}
