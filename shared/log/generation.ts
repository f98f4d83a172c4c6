import { importContentKey } from '#shared/crypto/aead.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, randomBytes } from '#shared/crypto/encoding.ts';
import { type SealingKeyPair, sealingKeyOf } from '#shared/crypto/public-box.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';

/** The key of a circle of readers for a while. All of it follows from one secret of 32 bytes. */
export interface Generation {
  readonly id: GenerationId;
  readonly secret: Bytes;
  /** What an outsider seals to. */
  readonly sealing: SealingKeyPair;
  /** What those who hold the secret box keys with: a thousand times cheaper than sealing to the public key. */
  readonly boxKey: CryptoKey;
}

export async function openGeneration(secret: Bytes): Promise<Generation> {
  const sealing = await sealingKeyOf(await deriveBytes(secret, 'probity/generation/2/sealing'));
  const boxKey = await importContentKey(await deriveBytes(secret, 'probity/generation/2/box'));
  return { id: generationIdOf(sealing.publicKey), secret, sealing, boxKey };
}

export const makeGeneration = (): Promise<Generation> => openGeneration(randomBytes(32));
