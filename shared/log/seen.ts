import { z } from 'zod';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { base64urlSchema, digestSchema } from '#shared/crypto/key-schemas.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { lastSecond } from '#shared/kernel/last-instant.ts';
import { type CheckpointSigner, type SignedCheckpoint, verifySeen } from './tree/signed-checkpoint.ts';
import { emptyRoot } from './tree/tree-hash.ts';

const emptyRootText = toBase64url(emptyRoot) as Digest;
const signatureCharacters = 86;

/** A checkpoint, as it stands in an entry. */
export const checkpointSeenSchema = z.strictObject({
  size: z.int().min(1),
  /** Of the tree of that size. */
  root: digestSchema,
  /** When the endpoint signed it: whole seconds since 1970. */
  time: z.int().min(0).max(lastSecond),
  /** The endpoint's, as in the checkpoint's line (c2sp.org/tlog-cosignature), base64url. */
  signature: base64urlSchema.length(signatureCharacters),
});
export type CheckpointSeen = z.output<typeof checkpointSeenSchema>;
/** Of a log, or of a roster: as it was under a checkpoint, whenever that was signed. */
export type AsOf = Pick<CheckpointSeen, 'size' | 'root'>;

/**
 * What the author of an entry had read of the log: a checkpoint that their device had verified and applied in full. Of the
 * log before its first checkpoint: size 0, which nobody signed.
 */
export const seenSchema = z.union([
  checkpointSeenSchema,
  z.strictObject({ size: z.literal(0), root: z.literal(emptyRootText) }),
]);
export type Seen = z.output<typeof seenSchema>;

export const seenNothing: Seen = { size: 0, root: emptyRootText };

export const toCheckpointSeen = ({ size, root, time, signature }: SignedCheckpoint): CheckpointSeen => ({
  ...{ size, root: toBase64url(root) as Digest, time, signature: toBase64url(signature) },
});

export const toSeen = (signed: SignedCheckpoint): Seen => (signed.size === 0 ? seenNothing : toCheckpointSeen(signed));

/** Whether the endpoint signed it. Of nothing there is nothing to sign. Never throws. */
export const isSeenSigned = async (seen: Seen, signer: CheckpointSigner): Promise<boolean> =>
  !('signature' in seen) ||
  verifySeen({ ...seen, root: fromBase64url(seen.root), signature: fromBase64url(seen.signature) }, signer);

/** When the endpoint signed it, as an ISO instant; null for nothing. */
export const timeOfSeen = (seen: Seen): string | null =>
  'time' in seen ? new Date(seen.time * 1000).toISOString() : null;

/** A checkpoint that the endpoint signed and that is not of the log that is read here: proof that it keeps two. */
export interface Fork {
  /** Root of the log that is read here, at the size of the other or, where that is larger, as far as it was read. */
  readonly ours: Digest;
  readonly other: Seen;
}
