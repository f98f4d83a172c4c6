import type { Position } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { HashReader } from './hash-reader.ts';
import { proveInclusion, verifyInclusion } from './inclusion.ts';
import { formatLeaf, hashSignedHeader, type Leaf, parseLeaf, type SignedHeader } from './leaf.ts';
import {
  type CheckpointSigner,
  type SignedCheckpoint,
  type SignedCheckpointFault,
  verifySignedCheckpoint,
} from './signed-checkpoint.ts';
import { formatTlogProof, parseTlogProof, type TlogProofFault } from './tlog-proof.ts';
import { hashLeaf, sameBytes } from './tree-hash.ts';

/** What a proof shows: the entry stands in the unit's log, where, and when the endpoint took it in. */
export interface ProvedEntry {
  readonly position: Position;
  readonly leaf: Leaf;
  readonly checkpoint: SignedCheckpoint;
}

/** `proof-other-entry`: the proof is of another one. `proof-fails`: it does not lead to the checkpoint's root. */
export type ProofFault =
  | TlogProofFault
  | SignedCheckpointFault
  | Notice<'leaf-malformed'>
  | Notice<'proof-other-entry'>
  | Notice<'proof-fails'>;

/**
 * A `.tlog-proof` whose `extra` is the leaf, so that whoever has the entry's header and signature needs nothing else.
 * @param checkpoint the signed note, and the size that it says
 * @throws RangeError when the checkpoint does not cover the position
 */
export async function proveEntry(
  reader: HashReader,
  { position, leaf }: Pick<ProvedEntry, 'position' | 'leaf'>,
  checkpoint: { readonly note: string; readonly size: number },
): Promise<string> {
  const index = position - 1;
  const hashes = await proveInclusion(reader, index, checkpoint.size);
  return formatTlogProof({ extra: formatLeaf(leaf), index, hashes, checkpoint: checkpoint.note });
}

/** What the proof shows, for whoever has no entry to hold it against: another unit, of the log's last leaf. Never throws. */
export async function verifyLeafProof(
  input: unknown,
  signer: CheckpointSigner,
): Promise<Result<ProvedEntry, Exclude<ProofFault, Notice<'proof-other-entry'>>>> {
  const proof = parseTlogProof(input);
  if (!proof.ok) return proof;
  const { extra, index, hashes } = proof.value;
  const leaf = parseLeaf(extra ?? new Uint8Array());
  if (!leaf.ok) return leaf;
  const checkpoint = await verifySignedCheckpoint(proof.value.checkpoint, signer);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const leads = verifyInclusion(hashes, { leaf: hashLeaf(formatLeaf(leaf.value)), index, size, root });
  if (!leads) return err(notice('proof-fails'));
  return ok({ position: index + 1, leaf: leaf.value, checkpoint: checkpoint.value });
}

/**
 * Offline. Takes the endpoint's key on trust, from the roster or from paper; says nothing of the author's signature over the
 * header, of which it proves only that these bytes are in the log. Never throws.
 */
export async function verifyProof(
  input: unknown,
  entry: SignedHeader,
  signer: CheckpointSigner,
): Promise<Result<ProvedEntry, ProofFault>> {
  const proved = await verifyLeafProof(input, signer);
  if (!proved.ok) return proved;
  const isOfEntry = sameBytes(proved.value.leaf.entry, hashSignedHeader(entry));
  return isOfEntry ? proved : err(notice('proof-other-entry'));
}
