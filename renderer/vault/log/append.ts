import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { EntryId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Change } from '../store/store.ts';
import { appendSigned, noBase } from './append-signed.ts';
import { signEvents, type Unsigned } from './outbox.ts';
import { rotateOwed } from './rotate-scopes.ts';

/**
 * Only within the writer. Makes the keys that are owed, signs the events and commits them, with `also` in the same commit,
 * then projects them.
 */
export async function append(
  vault: OpenVault,
  events: readonly Unsigned[],
  also: readonly Change[],
  base = noBase,
): Promise<Result<EntryId[], Refusal>> {
  const current = currentGeneration(vault.log.roster, 'unit');
  if (current && !vault.member.keyring.generation(current.id)) return err(refuse('grant-owed'));
  const rotated = await rotateOwed(vault);
  return rotated.ok ? appendSigned(vault, await signEvents(vault, events), also, base) : rotated;
}
