import { toBase64url } from '#shared/crypto/encoding.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, isInClear } from '#shared/log/entry.ts';
import { growTree } from '#shared/log/tree/grow-tree.ts';
import { formatLeaf, hashSignedHeader, nextLeaf } from '#shared/log/tree/leaf.ts';
import { signCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { LockedUnit, NewEntry } from '../storage/storage.ts';
import { signedNow } from './checkpoints.ts';
import { signingKeyOf } from './own-checkpoint.ts';
import type { VerifiedLog } from './verified-log.ts';

/**
 * Appends entries that were verified and judged, and signs one checkpoint over the log with them.
 * @param log as it is now
 * @param roster with the entries: it names the key that signs
 */
export async function appendEntries(
  endpoint: Pick<OpenEndpoint, 'clock' | 'keys'>,
  unit: UnitId,
  locked: LockedUnit,
  log: VerifiedLog,
  entries: readonly Entry[],
  { checkpointKey }: EndpointPublicKeys,
): Promise<void> {
  const { clock } = endpoint;
  const signing = await signingKeyOf(endpoint, checkpointKey);
  const before = log.checkpoint.size;
  const added: NewEntry[] = [];
  let { leaf } = log;
  for (const entry of entries) {
    leaf = nextLeaf(leaf, hashSignedHeader(entry.wire), isInClear(entry), clock.now());
    added.push({ entry, hash: toBase64url(leaf.entry) as Digest, position: before + added.length + 1, leaf });
  }
  const hashes = added.map((each) => hashLeaf(formatLeaf(each.leaf)));
  const { size, root, tiles } = await growTree(locked.tiles, before, hashes);
  const note = await signCheckpoint({ unit, size, root }, signing, signedNow(clock, leaf));
  await locked.append(added, { size, note }, tiles);
}
