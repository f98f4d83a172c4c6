import type { StreamId } from '#shared/kernel/ids.ts';
import { type FoldedRoster, storedRoster } from '../log/fold-roster.ts';
import { foldStream } from '../log/fold-stream.ts';
import { projectPending } from '../log/project-pending.ts';
import type { NewerEntries } from '../log/view.ts';
import { sealView } from '../log/view-row.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Progress } from '../vault-api.ts';
import { allIndexed, indexedCase } from './case-index.ts';
import { isOfThisFold } from './case-rows.ts';
import { foldAgain } from './fold-again.ts';
import { repack } from './load-cases.ts';
import { saveSightings } from './sighting-rows.ts';

/*
 * After an update that changed the fold, every case is folded again from its entries, a few at a time, while the queue
 * shows what the earlier version made:
 *
 *   of another fold --its batch is committed--> of this fold
 *
 * A case that is opened, decided on or added to before its turn is folded then. Each row carries the version that made
 * it, so that a crash costs the batch under way and nothing else.
 */

/** Cases in one commit: a member who saves meanwhile waits for one. */
const batch = 24;

const isStale = ({ cases, program }: OpenVault, id: StreamId): boolean => {
  const indexed = indexedCase(cases, id);
  return indexed !== null && !isOfThisFold(program, indexed);
};

/** @param tell called at the start and after each batch, and with null at the end */
export async function renewCases(vault: OpenVault, tell: (progress: Progress | null) => void): Promise<void> {
  const stale = allIndexed(vault.cases)
    .map(({ summary }) => summary.id)
    .filter((id) => isStale(vault, id));
  if (stale.length === 0 && vault.log.view.newer.count === 0) return;
  // What a newer Probity wrote in streams of its own may be cases by now.
  const all = [...stale, ...vault.log.view.newer.streams];
  tell({ done: 0, of: all.length });
  const roster = await storedRoster(vault);
  const waiting: StreamId[] = [];
  for (let done = 0; done < all.length; done += batch) {
    const ids = all.slice(done, done + batch);
    waiting.push(...(await vault.io.writer.add(() => renewBatch(vault, ids, roster))));
    tell({ done: done + ids.length, of: all.length });
    vault.io.emit({ type: 'queueChanged' });
    // Whoever types meanwhile is served between two batches.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await vault.io.writer.add(() => finish(vault, waiting));
  vault.io.emit({ type: 'queueChanged' });
  tell(null);
}

/** Only within the writer. Returns the streams that still hold nothing but entries of a newer Probity. */
async function renewBatch(vault: OpenVault, ids: readonly StreamId[], roster: FoldedRoster): Promise<StreamId[]> {
  const folded = await foldAgain(vault, ids, roster);
  return ids.filter((id) => !folded.get(id)?.state && (folded.get(id)?.newer ?? 0) > 0);
}

async function finish(vault: OpenVault, waiting: readonly StreamId[]): Promise<void> {
  const { cases, io, log } = vault;
  let count = 0;
  for (const indexed of cases.confirmed.values()) count += indexed.newer ?? 0;
  for (const id of waiting) count += (await foldStream(vault, id)).newer;
  const newer: NewerEntries = { count, streams: waiting };
  const view = { ...log.view, newer };
  await io.store.commit([{ table: 'meta', put: [await sealView(log.readership, view)] }]);
  log.view = view;
  await repack(vault);
  await projectPending(vault);
  // What a case is found again by may have changed too: all of it is looked through once more.
  await saveSightings(vault, { ...vault.matching.found, upTo: 0 });
}
