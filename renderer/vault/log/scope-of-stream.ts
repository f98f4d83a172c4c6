import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { noKeys } from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
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
  const keys = new KeysByStream(view.lacked);
  keys.begin(stream, (await keysOfStream(vault, stream)) ?? noKeys);
  for (const { entry, opened } of [...outbox, ...also]) {
    if (opened.key && entry.header.stream === stream) keys.add(opened.key);
  }
  const first = keys.readersOf(stream);
  return roster?.generations.find(({ id }) => id === first?.generation)?.scope ?? 'unit';
}
