import type { Position } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import { openEntries, type StoredEntry } from './entry-rows.ts';

/** The rows of stored entries, each by the position of its first, in order. */
export const entryRows = async ({ io: { store } }: OpenVault): Promise<readonly Position[]> =>
  (await store.keys('entries')).map(Number).sort((one, other) => one - other);

/** One row's entries in order; none where it does not open: `verifyLog` names it. */
export async function entriesIn(vault: OpenVault, row: Position): Promise<readonly StoredEntry[]> {
  const stored = await vault.io.store.get('entries', row);
  return stored ? openEntries(vault.member.storeKey, stored).catch(() => []) : [];
}

/** Stored entries row by row, the newest row first; within one in order. @param before the position that ends them; null: all */
export async function* entriesBack(
  vault: OpenVault,
  rows: readonly Position[],
  before: Position | null,
): AsyncGenerator<readonly StoredEntry[]> {
  for (const row of rows.toReversed()) {
    if (before !== null && row >= before) continue;
    yield (await entriesIn(vault, row)).filter(({ position }) => before === null || position < before);
  }
}
