import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { StreamKeys } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { StoredEntry } from './entry-rows.ts';
import type { Folding } from './fold.ts';
import type { FoldedRoster } from './fold-roster.ts';
import { foldStream } from './fold-stream.ts';
import { freshFaults } from './view.ts';

interface StreamBefore {
  readonly id: StreamId;
  /** As it was folded without that key. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
}

/**
 * A stream of which this page brought a key that entries before it are under: it is folded again from its first entry, as a
 * replica folds it that has that key from the beginning.
 * @param entries of the page
 * @param whole roster over the log and the page
 */
export async function foldLate(
  vault: OpenVault,
  folding: Folding,
  { id, state, keys }: StreamBefore,
  entries: readonly StoredEntry[],
  whole: FoldedRoster,
): Promise<void> {
  const also = entries.filter(({ entry }) => entry.header.stream === id);
  const again = await foldStream(vault, id, keys, whole, also);
  if (!again.state) return;
  folding.newerCount += again.state.newer.length - (state?.newer.length ?? 0);
  folding.cases.set(id, again.state);
  folding.faults.push(...freshFaults([...vault.log.view.faults, ...folding.faults], again.faults));
}
