import { everyCase, type QueueQuery, sameQuery } from '#shared/domain/case/queue-query.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { isFoldedForOthers } from '../log/folded-for.ts';
import type { OpenVault } from '../open-vault.ts';
import type { QueuePage } from '../queue-api.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';

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
  const row = await vault.io.store.get('meta', key);
  if (!row) return null;
  const stored = await openRow<StoredHead>(vault.member.storeKey, 'meta', row).catch(() => null);
  const isCurrent = stored?.root === vault.log.ledger.log.root && stored.fold === vault.program.foldVersion;
  return isCurrent && !isFoldedForOthers(vault) ? stored.page : null;
}

export async function saveQueueHead(vault: OpenVault, page: QueuePage): Promise<void> {
  // Every member of this workstation opens this row; what was found again stands under each one's own seal.
  const rows = page.rows.map(({ appearsAgain: _, ...row }) => row);
  const head: StoredHead = {
    root: vault.log.ledger.log.root,
    fold: vault.program.foldVersion,
    page: { ...page, rows },
  };
  const row = await sealRow(vault.member.storeKey, 'meta', key, head);
  await vault.io.store.commit([{ table: 'meta', put: [row] }]);
}
