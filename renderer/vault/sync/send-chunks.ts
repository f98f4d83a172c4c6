import { toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { DomainEvent } from '#shared/domain/events.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { Held, PendingEntry } from '../held.ts';
import { ask, HostFailure } from '../host.ts';

/** Chunks that were made with an entry, and that the endpoint has from nobody else. */
const chunksOf = (event: DomainEvent | null): readonly Digest[] =>
  event?.type === 'attachment.sanitised' ? event.data.copy.chunks : [];

/** What the endpoint has taken in this session: only to spare sending it again when the entry then does not arrive. */
const sent = new WeakMap<Held, Set<Digest>>();

/** A chunk is neither here nor at the endpoint: the entry that names it must not leave. */
export class ChunkLost extends HostFailure {
  readonly pending: PendingEntry;
  constructor(pending: PendingEntry) {
    super({
      code: 'chunk-lost',
      detail: 'A sanitised copy that waits to be sent is damaged on this computer. Whoever made it must make it again.',
      retry: true,
    });
    this.pending = pending;
  }
}

/**
 * Uploads what waiting entries name, so that no other workstation ever sees an entry whose chunks the endpoint lacks.
 * What to send follows from the entries themselves, and a chunk is named by its bytes: this may be cut off anywhere and
 * done again. @throws HostFailure, or ChunkLost
 */
export async function sendChunks(held: Held, waiting: readonly PendingEntry[]): Promise<void> {
  const known = sent.get(held) ?? new Set();
  sent.set(held, known);
  for (const pending of waiting) {
    for (const digest of chunksOf(pending.event)) {
      if (known.has(digest)) continue;
      const row = await held.store.get('blobs', digest);
      if (row && (await digestOf(row.box)) === digest) {
        await ask(held.host, 'blob.put', { digest, bytes: toBase64url(row.box) });
      } else if (!(await endpointHas(held, digest))) throw new ChunkLost(pending);
      known.add(digest);
    }
  }
}

/** It may have been sent before it was damaged here. */
async function endpointHas(held: Held, digest: Digest): Promise<boolean> {
  try {
    await ask(held.host, 'blob.get', { digest });
    return true;
  } catch (error) {
    if (error instanceof HostFailure && error.failure.code === 'blob-unknown') return false;
    throw error;
  }
}
