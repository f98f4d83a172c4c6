import { digestOf } from '#shared/crypto/hash.ts';
import { caseEventOf } from '#shared/domain/registry/registry.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { VaultCode } from '../codes.ts';
import { ask, HostFailure } from '../host.ts';
import type { PendingEntry } from '../log/log-copy.ts';
import type { OpenVault } from '../open-vault.ts';

/** Sealed chunks that were made with an entry, and that the endpoint has from nobody else: its event declares them. */
function blobsOf({ program }: OpenVault, { opened }: PendingEntry): readonly Digest[] {
  const event = opened?.event;
  const definition = event && caseEventOf(program.registry, event.type);
  return definition?.blobs?.(event?.data) ?? [];
}

/** What the endpoint has taken in this session: only to spare sending it again when the entry then does not arrive. */
const sent = new WeakMap<OpenVault, Set<Digest>>();

/** A blob is neither here nor at the endpoint: the entry that names it must not leave. */
export class BlobLost extends HostFailure {
  readonly pending: PendingEntry;
  constructor(pending: PendingEntry) {
    super({ code: 'blob-lost' satisfies VaultCode, params: {}, retry: true });
    this.pending = pending;
  }
}

/**
 * Uploads what waiting entries name, so that no other workstation ever sees an entry whose blobs the endpoint lacks.
 * What to send follows from the entries themselves, and a blob is named by its bytes: this may be cut off anywhere and
 * done again. @throws HostFailure, or BlobLost
 */
export async function sendBlobs(vault: OpenVault, waiting: readonly PendingEntry[]): Promise<void> {
  const known = sent.get(vault) ?? new Set();
  sent.set(vault, known);
  for (const pending of waiting) {
    for (const digest of blobsOf(vault, pending)) {
      if (known.has(digest)) continue;
      const row = await vault.io.store.get('blobs', digest);
      if (row && (await digestOf(row.box)) === digest) {
        await ask(vault.io.host, 'blob.put', { digest, bytes: row.box });
        await vault.io.store.commit([{ table: 'blobs', elsewhere: [digest] }]);
      } else if (!(await endpointHas(vault, digest))) throw new BlobLost(pending);
      known.add(digest);
    }
  }
}

/** It may have been sent before it was damaged here. */
async function endpointHas({ io }: OpenVault, digest: Digest): Promise<boolean> {
  try {
    await ask(io.host, 'blob.get', { digest });
    return true;
  } catch (error) {
    if (error instanceof HostFailure && error.failure.code === 'blob-unknown') return false;
    throw error;
  }
}
