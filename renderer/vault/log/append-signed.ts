import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { OpenVault } from '../open-vault.ts';
import { type Change, StoreFull } from '../store/store.ts';
import { outboxChange, type Signed } from './outbox.ts';
import { applyPending } from './project-pending.ts';

export type Base = Parameters<typeof applyPending>[2];
export const noBase: Base = new Map<StreamId, never>();

/** Only within the writer. Commits what is signed, with `also` in the same commit, then projects it. */
export async function appendSigned(
  vault: OpenVault,
  signed: Signed,
  also: readonly Change[],
  base = noBase,
): Promise<Result<EntryId[], Refusal>> {
  const { pending, tips } = signed;
  const { setBack } = vault.log.ledger;
  if (pending.some(({ entry }) => setBack.includes(entry.header.author))) return err(refuse('device-set-back'));
  try {
    await vault.io.store.commit([await outboxChange(vault, signed), ...also]);
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
