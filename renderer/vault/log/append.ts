import { rosterEventOf } from '#shared/domain/registry/registry.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { refuse } from '../codes.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Change } from '../store/store.ts';
import { appendSigned, noBase } from './append-signed.ts';
import { signEvents, type Unsigned } from './outbox.ts';
import { withOwed } from './owed-boxes.ts';
import { rotateOwed } from './rotate-scopes.ts';
import { readersOfStream } from './scope-of-stream.ts';

/**
 * Only within the writer. Makes the keys that are owed, signs the events, boxes what single readers are owed and commits all of
 * it, with `also` in the same commit, then projects it.
 */
export async function append(
  vault: OpenVault,
  events: readonly Unsigned[],
  also: readonly Change[],
  base = noBase,
): Promise<Result<EntryId[], Refusal>> {
  const { registry } = vault.program;
  const rotated = await rotateOwed(vault);
  if (!rotated.ok) return rotated;
  for (const { stream, event } of events) {
    // An act on the roster is in the clear: whoever lacks the key can still end the one who keeps it from them.
    const isInClear = rosterEventOf(registry, event.type) !== null;
    if (isInClear) continue;
    const readers = await readersOfStream(vault, stream);
    if (readers.some((each) => holdsCurrent(vault, each)) || (await isGivenAlone(vault, stream))) continue;
    return err(refuse('grant-owed'));
  }
  return appendSigned(vault, await withOwed(vault, events, await signEvents(vault, events)), also, base);
}

/** Whether keys of it were boxed to this member's device alone: they write to its scope's public key. */
const isGivenAlone = async (vault: OpenVault, stream: StreamId): Promise<boolean> =>
  (await keysOfStream(vault, stream)).some(({ alone }) => alone?.includes(stream));

/** Whether this member can write what is sealed for a scope, as far as that has a key yet. */
export function holdsCurrent({ log, member: { keyring } }: OpenVault, scope: Scope): boolean {
  const current = currentGeneration(log.roster, scope);
  return current === null || keyring.generation(current.id) !== null;
}
