import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { openEntries, type StoredEntry } from './entry-rows.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { emptyLedger } from './ledger.ts';
import { readEntry } from './read-entry.ts';
import { loadUnitHistory, type UnitHistory } from './unit-history.ts';

/** Stored entries of one stream, in order. Rows that do not open are passed over: `verifyLog` names them. */
export async function entriesOfStream({ io, member }: OpenVault, stream: StreamId): Promise<readonly StoredEntry[]> {
  const rows = await io.store.ofStream(stream);
  const opened = await Promise.all(rows.map((row) => openEntries(member.storeKey, row).catch(() => [])));
  return opened.flat().filter(({ entry }) => entry.header.stream === stream);
}

export interface FoldedStream {
  /** Null when its referral cannot be read, or when it is no case. */
  readonly state: CaseState | null;
  readonly faults: readonly IntegrityWarning[];
  readonly newer: number;
}

/**
 * A case from its entries alone, exactly as it was folded when they came: with the members of each position, and without
 * what was void. For a case whose stored state is damaged, or was made by another version of the fold.
 */
export async function foldStream(vault: OpenVault, stream: StreamId, history?: UnitHistory): Promise<FoldedStream> {
  const unitAt = history ?? (await loadUnitHistory(vault));
  const folding = startFolding(await emptyLedger(vault.member.slot.unit));
  const at = foldContext(vault, () => null);
  for (const { entry, position, voidCode } of await entriesOfStream(vault, stream)) {
    if (voidCode) continue;
    folding.unit = unitAt(position);
    foldReading(folding, entry, position, await readEntry(entry, vault, true), at);
  }
  return { state: folding.cases.get(stream) ?? null, faults: folding.faults, newer: folding.newerCount };
}
