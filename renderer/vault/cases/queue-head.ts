import { everyCase, type QueueQuery, sameQuery } from '#shared/domain/case/queue-query.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import type { QueuePage } from '../queue-api.ts';
import { sealValueForReaders, valueForReaders } from '../store/reader-rows.ts';

/** The top of the queue in its usual order, in one sealed row: on screen while the rest still loads. */
const key = 'queueHead';
export const headRows = 100;

export const isEveryCase = (query: QueueQuery): boolean => sameQuery(query, everyCase);

interface StoredHead {
  /** Of the log, and of the fold, as they were when it was stored. */
  readonly root: Digest;
  readonly fold: number;
  readonly page: QueuePage;
}

/** Null when there is none, or it is not of the log as it stands now. */
export async function loadQueueHead(vault: OpenVault): Promise<QueuePage | null> {
  const { ledger, view, readership } = vault.log;
  const stored = await valueForReaders<StoredHead>(vault.io.store, readership, 'meta', key).catch(() => null);
  const isCurrent = stored?.root === ledger.log.root && stored.fold === vault.program.foldVersion;
  return isCurrent && view.to === ledger.log.size && !view.stale ? stored.page : null;
}

export async function saveQueueHead(vault: OpenVault, page: QueuePage): Promise<void> {
  // Others of this workstation may open this row; what was found again stands under each one's own seal.
  const rows = page.rows.map(({ appearsAgain: _again, repeats: _repeats, ...row }) => row);
  const head: StoredHead = {
    root: vault.log.ledger.log.root,
    fold: vault.program.foldVersion,
    page: { ...page, rows },
  };
  const row = await sealValueForReaders(vault.log.readership, 'meta', key, head);
  await vault.io.store.commit([{ table: 'meta', put: [row] }]);
}
