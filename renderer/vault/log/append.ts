import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { OpenVault } from '../open-vault.ts';
import { type Change, StoreFull } from '../store/store.ts';
import { signEvents, type Unsigned } from './outbox.ts';
import { applyPending } from './project-pending.ts';

/** Only within the writer. Signs the events and commits them, with `also` in the same commit, then projects them. */
export async function append(
  vault: OpenVault,
  events: readonly Unsigned[],
  also: readonly Change[],
  base: Parameters<typeof applyPending>[2] = new Map<StreamId, never>(),
): Promise<Result<EntryId[], Refusal>> {
  const { pending, tips, changes } = await signEvents(vault, events);
  try {
    await vault.io.store.commit([...changes, ...also]);
  } catch (error) {
    if (!(error instanceof StoreFull)) throw error;
    return err(refuse('disk-full'));
  }
  const { log } = vault;
  log.outbox = [...log.outbox, ...pending];
  log.outboxEnd = pending.at(-1)?.row ?? log.outboxEnd;
  log.ownTips = tips;
  applyPending(vault, pending, base);
  return ok(pending.map(({ entry }) => entry.header.id));
}
