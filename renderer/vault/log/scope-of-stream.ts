import { scopeOfGeneration } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { earlier, type Shared } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { PendingEntry } from './log-copy.ts';

/**
 * Who reads a stream: whoever its first key was boxed for. One that begins here is for the unit's readers, and what concerns
 * the unit itself for everyone.
 * @param also entries that are about to be written
 */
export async function scopeOfStream(vault: OpenVault, stream: StreamId, also: readonly PendingEntry[]): Promise<Scope> {
  const { roster, view, outbox } = vault.log;
  if (stream === roster?.policyStream) return 'everyone';
  const waiting = [...outbox, ...also].flatMap(({ opened }) => opened.key ?? []);
  const keys = [...(await keysOfStream(vault, stream)), ...view.lacked, ...waiting];
  const first = keys
    .filter((key) => key.stream === stream)
    .reduce((least, { shared }) => earlier(least, shared), null as Shared | null);
  return (first && scopeOfGeneration(roster, first.generation)) ?? 'unit';
}
