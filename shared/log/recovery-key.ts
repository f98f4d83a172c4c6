import { parseBindableKey } from '#shared/crypto/bindable-key.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, concat, fromBase64url, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { type SealingKeyPair, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { type SigningKey, sign, signingKeyOf, verify } from '#shared/crypto/signing.ts';
import type { RecoveryKeys, RecoveryPublicKeys } from '#shared/domain/unit/roster.ts';
import type { UnitId } from '#shared/kernel/ids.ts';

/*
 * The recovery key of a unit: what its members' devices are bound and its scopes opened with again, once they are lost. It is
 * whole only in the memory of whoever makes or uses it; what is kept are shares of its secret (shared/crypto/secret-shares.ts).
 */

/** All of it follows from one secret of 32 bytes. */
export interface RecoveryKey {
  readonly secret: Bytes;
  readonly signing: SigningKey;
  readonly sealing: SealingKeyPair;
}

export async function openRecoveryKey(secret: Bytes): Promise<RecoveryKey> {
  const signing = await signingKeyOf(await deriveBytes(secret, 'probity/recovery/1/signing'));
  const sealing = await sealingKeyOf(await deriveBytes(secret, 'probity/recovery/1/sealing'));
  return { secret, signing, sealing };
}

export const makeRecoveryKey = (): Promise<RecoveryKey> => openRecoveryKey(randomBytes(32));

const signingInput = (unit: UnitId, { author, sealingKey }: RecoveryPublicKeys): Bytes =>
  concat(utf8('probity-recovery/1\n'), toCanonicalBytes({ unit, author, sealingKey }));

/** What an act binds it to the unit with: the recovery key signs that itself, as a device does. */
export async function proveRecovery(unit: UnitId, { signing, sealing }: RecoveryKey): Promise<RecoveryKeys> {
  const keys = { author: signing.author, sealingKey: sealing.publicKey };
  return { ...keys, proof: toBase64url(await sign(signing, signingInput(unit, keys))) };
}

/** Whether it signed its binding, with a key that may be bound. Never throws. */
export async function isRecoveryProved(unit: UnitId, keys: RecoveryKeys): Promise<boolean> {
  const { author, proof } = keys;
  return parseBindableKey(author).ok && verify(author, fromBase64url(proof), signingInput(unit, keys));
}
