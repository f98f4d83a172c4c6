import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Checkpoint, type CheckpointFault, formatCheckpoint, originOf, parseCheckpoint } from './checkpoint.ts';
import { formatNote, type NoteFault, parseNote, signatureTypes } from './note.ts';
import { type Cosignature, cosign, linesOf, parseCosignature, verifyCosignature } from './note-signature.ts';

/** A checkpoint whose signature by the endpoint was verified, and when the endpoint signed it. */
export interface SignedCheckpoint extends Checkpoint, Cosignature {}

/** Whose log, and the endpoint's key for checkpoints: the one that the roster names at the checkpoint's size. */
export interface CheckpointSigner {
  readonly unit: UnitId;
  readonly key: AuthorKey;
}

/** `checkpoint-signature`: `why` is `absent`, `twice` (which time would hold?), `form` or `wrong`. */
export type SignedCheckpointFault =
  | NoteFault
  | CheckpointFault
  | Notice<'checkpoint-other-log'>
  | Notice<'checkpoint-signature'>;

const unsigned = (why: 'absent' | 'twice' | 'form' | 'wrong') => err(notice('checkpoint-signature', { why }));

/**
 * The note that the endpoint serves: its one line, or one of each key, is a timestamped cosignature under the log's own name, so that the time is
 * signed too.
 * @param time seconds since 1970
 */
export async function signCheckpoint(
  { unit, size, root }: Pick<Checkpoint, 'size' | 'root'> & { readonly unit: UnitId },
  keys: SigningKey | readonly SigningKey[],
  time: number,
): Promise<string> {
  const origin = originOf(unit);
  const text = formatCheckpoint({ origin, size, root });
  const signatures = await Promise.all([keys].flat().map((key) => cosign(origin, key, text, time)));
  return formatNote({ text, signatures });
}

/** Lines of other signers (witnesses, other algorithms) may stand beside, and are not looked at. Never throws, whatever the input. */
export async function verifySignedCheckpoint(
  input: unknown,
  { unit, key }: CheckpointSigner,
): Promise<Result<SignedCheckpoint, SignedCheckpointFault>> {
  const note = parseNote(input);
  if (!note.ok) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  const { origin } = checkpoint.value;
  if (origin !== originOf(unit)) return err(notice('checkpoint-other-log'));
  const signer = { name: origin, key, type: signatureTypes.timestampedEd25519 };
  const [line, second] = linesOf(signer, note.value.signatures);
  if (!line) return unsigned('absent');
  if (second) return unsigned('twice');
  const cosignature = parseCosignature(line.signature);
  if (!cosignature) return unsigned('form');
  if (!(await verifyCosignature(key, note.value.text, cosignature))) return unsigned('wrong');
  return ok({ ...checkpoint.value, ...cosignature });
}

/** The same of the parts of a checkpoint, as an entry's `seen` has them. Never throws. */
export const verifySeen = (
  { size, root, ...cosignature }: Pick<SignedCheckpoint, 'size' | 'root' | 'time' | 'signature'>,
  { unit, key }: CheckpointSigner,
): Promise<boolean> => verifyCosignature(key, formatCheckpoint({ origin: originOf(unit), size, root }), cosignature);
