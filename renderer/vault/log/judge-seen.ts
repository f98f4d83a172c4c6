import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { isGivenUp, type KeysFrom } from '#shared/domain/unit/endpoint-keys.ts';
import type { Digest, Position } from '#shared/kernel/ids.ts';
import { type Fork, isSeenSigned, type Seen } from '#shared/log/seen.ts';
import type { CheckpointSigner } from '#shared/log/tree/signed-checkpoint.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import type { UnprovedPage } from '#shared/sync/accept-page.ts';
import type { OpenVault } from '../open-vault.ts';
import { endpointAt, signerOfCheckpoint } from './endpoint-keys.ts';

export interface JudgedSeen {
  /** Entries that claim to have seen what the endpoint did not sign. */
  readonly unproved: ReadonlySet<Position>;
  /** The first checkpoint of the endpoint that is not of this log: then nothing of the page is brought in. */
  readonly fork: Fork | null;
}

/**
 * Holds what the authors of a page's entries say to have seen against the tree as it was read here. Another root under a
 * good signature of the endpoint proves that it shows two logs. Without one, only the author's word says so, which must
 * not stop a unit; and with a key that members gave up, anybody may have signed it.
 * @param named the endpoint's keys, with those that the page brings
 */
export async function judgeSeen(
  vault: OpenVault,
  { entries, tree }: UnprovedPage,
  named: readonly KeysFrom[],
): Promise<JudgedSeen> {
  const signed = new Map<string, Promise<boolean>>();
  const unproved = new Set<Position>();
  for (const { entry, position } of entries) {
    const { author, seen } = entry.header;
    // No entry knows of a log that it stands in: where the endpoint signed one of that size, it was another.
    const isLater = seen.size >= position;
    const ours = await tree.rootAt(Math.min(seen.size, tree.size));
    const isOurs = !isLater && sameBytes(ours, fromBase64url(seen.root));
    // The endpoint signs what it has seen with its entry: its time is its own.
    if (isOurs && author === endpointAt(vault, named, position)) continue;
    // Of one that is not of this log, by what was known where the entry stands.
    const size = Math.min(seen.size, position - 1);
    const isSigned = await signedOnce(signed, seen, signerOfCheckpoint(vault, named, size));
    if (!isSigned || (!isOurs && isGivenUp(named, size, position))) unproved.add(position);
    else if (!isOurs) return { unproved, fork: { ours: toBase64url(ours) as Digest, other: seen } };
  }
  return { unproved, fork: null };
}

/** Many entries have seen the same. */
function signedOnce(known: Map<string, Promise<boolean>>, seen: Seen, signer: CheckpointSigner): Promise<boolean> {
  const key = JSON.stringify([seen, signer.key]);
  const found = known.get(key) ?? isSeenSigned(seen, signer);
  known.set(key, found);
  return found;
}
