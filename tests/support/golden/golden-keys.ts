import { fromBase64url } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import type { AuthorKey, GenerationId } from '#shared/kernel/ids.ts';
import type { BoxKeys } from '#shared/log/box.ts';
import { type Generation, openGeneration } from '#shared/log/generation.ts';
import type { GoldenKeys } from './golden-file.ts';

/** Opens every box of the history, whoever it is for. */
export async function everyKey({ slots, devices, generations }: GoldenKeys): Promise<BoxKeys> {
  const held = new Map<GenerationId, Generation>();
  for (const { secret } of generations) {
    const generation = await openGeneration(fromBase64url(secret));
    held.set(generation.id, generation);
  }
  const own = new Map<AuthorKey, string>();
  for (const { author, sealingPrivateKey } of [...Object.values(slots), ...devices]) own.set(author, sealingPrivateKey);
  return {
    generation: (id) => held.get(id) ?? null,
    decapsulate(to, encapsulated) {
      const device = 'device' in to ? own.get(to.device) : null;
      const key = device ? fromBase64url(device) : 'generation' in to && held.get(to.generation)?.sealing.privateKey;
      return key ? decapsulate(key, encapsulated) : null;
    },
  };
}
