import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { noKeys, type StreamKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { entriesOfStream, type StoredEntry } from './entry-rows.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { type FoldedRoster, storedRoster } from './fold-roster.ts';
import { keysInLog } from './keys-in-log.ts';
import { readEntries } from './read-entries.ts';
import { emptyView, streamKeysIn } from './view.ts';

export interface FoldedStream {
  /** Null when its referral cannot be read, or when it is no case. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
  readonly faults: readonly IntegrityWarning[];
  readonly newer: number;
}

/**
 * A case from its entries alone, exactly as it was folded when they came: with the members of each position, and without
 * what was void. For a case whose stored state is damaged, or was made by another version of the fold.
 * @param known content keys of the stream that are at hand, beyond those in the boxes beside its entries; null when the
 *   row that had them is damaged: then they are looked for in the whole log
 * @param also entries of the stream that come after what the view was folded to
 */
export async function foldStream(
  vault: OpenVault,
  stream: StreamId,
  known: StreamKeys | null = noKeys,
  roster?: FoldedRoster,
  also: readonly StoredEntry[] = [],
): Promise<FoldedStream> {
  const { view } = vault.log;
  const folded = roster ?? (await storedRoster(vault));
  const folding = startFolding(null, emptyView);
  const at = foldContext(vault, () => null);
  const keys = new KeysByStream(view.lacked);
  keys.addAll(known ?? (await keysInLog(vault, stream, folded)));
  keys.addAll(streamKeysIn(view, stream));
  // Beyond what the view was folded to, there may be entries that members with other keys brought in.
  const stored = await entriesOfStream(vault, stream);
  const entries = [...stored.filter(({ position }) => position <= view.to), ...also];
  for (const each of await readEntries(vault, entries, keys, folded)) {
    folding.roster = folded.at(each.position);
    foldReading(folding, each, each.reading, at);
  }
  const state = folding.cases.get(stream) ?? null;
  return { state, keys: keys.of(stream), faults: folding.faults, newer: folding.newerCount };
}
