import { concat, fromBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { lastSecond } from '#shared/kernel/last-instant.ts';
import { keyIdOf, type NoteSignature, signatureTypes } from './note.ts';

/** Who signed a note, as those who verify know them: a name, a key, and what the key was bound for. */
export interface NoteSigner {
  readonly name: string;
  readonly key: AuthorKey;
  readonly type: (typeof signatureTypes)[keyof typeof signatureTypes];
}

const timeLength = 8;
const signatureLength = 64;

const idOf = ({ name, type, key }: NoteSigner): number => keyIdOf(name, type, fromBase64url(key));

/** The lines that the signer is named in. @throws TypeError when the signer's key is no base64url */
export function linesOf(signer: NoteSigner, signatures: readonly NoteSignature[]): NoteSignature[] {
  const id = idOf(signer);
  return signatures.filter(({ name, keyId }) => name === signer.name && keyId === id);
}

/** Ed25519 over the text itself (c2sp.org/signed-note, type 0x01): what logs that stamp no time have. */
export const verifyPlain = ({ key }: NoteSigner, text: string, { signature }: NoteSignature): Promise<boolean> =>
  verify(key, concat(signature), utf8(text));

/** When, in whole seconds since 1970, and the 64 bytes of Ed25519. */
export interface Cosignature {
  readonly time: number;
  readonly signature: Uint8Array;
}

/** What a timestamped cosignature signs. It cannot be a text that `verifyPlain` takes from a log, whose first line differs. */
const cosigned = (text: string, time: number) => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * Null when the bytes are none (c2sp.org/tlog-cosignature: the time, unsigned and big-endian, then the signature), or the time
 * is after the year 9999.
 */
export function parseCosignature(bytes: Uint8Array): Cosignature | null {
  if (bytes.length !== timeLength + signatureLength) return null;
  const time = Number(new DataView(concat(bytes).buffer).getBigUint64(0));
  return time <= lastSecond ? { time, signature: bytes.slice(timeLength) } : null;
}

function formatCosignature({ time, signature }: Cosignature): Uint8Array {
  const stamp = new Uint8Array(timeLength);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  return concat(stamp, signature);
}

/** That at this time the tree of the checkpoint was the largest one known to the signer. False for anything else. */
export const verifyCosignature = (key: AuthorKey, text: string, { time, signature }: Cosignature): Promise<boolean> =>
  verify(key, concat(signature), cosigned(text, time));

/**
 * Signs a checkpoint's text with the time (type 0x04).
 * @param time seconds since 1970. @throws RangeError when it is none
 */
export async function cosign(name: string, key: SigningKey, text: string, time: number): Promise<NoteSignature> {
  if (!Number.isInteger(time) || time < 0 || time > lastSecond) throw new RangeError('Not a time.');
  const signature = formatCosignature({ time, signature: await sign(key, cosigned(text, time)) });
  return { name, keyId: idOf({ name, key: key.author, type: signatureTypes.timestampedEd25519 }), signature };
}
