import { SealBroken } from '#shared/crypto/aead.ts';
import { type Bytes, fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import type { AuthorKey, GenerationId } from '#shared/kernel/ids.ts';
import type { BoxKeys } from '#shared/log/box.ts';
import type { Generation } from '#shared/log/generation.ts';
import type { SlotSecrets } from './slots.ts';

/** What a member opens boxes with: the generations that they were granted, and their device's own key. */
export interface Keyring extends BoxKeys {
  /** This member's alone, as what is boxed to their device is. `secret`: 32 bytes. */
  readonly own: { readonly device: AuthorKey; readonly secret: Bytes };
  /** Adds what a grant brought. */
  admit(generation: Generation): void;
  /** @throws NoKey when it was not granted */
  held(id: GenerationId | null): Generation;
  /** All that it holds, in order of their grants. */
  all(): readonly Generation[];
}

/** Sealed to someone else: not damage, and not ours to read. */
class NoKey extends SealBroken {}

/** One encapsulation serves up to 256 referrals, and opening one takes milliseconds. */
const mostRemembered = 256;

export function createKeyring(slot: SlotSecrets): Keyring {
  const generations = new Map<GenerationId, Generation>();
  const opened = new Map<string, Promise<CryptoKey>>();

  /** The private key of a reader that is this device, or a generation that it holds. */
  const privateKeyOf = (to: Parameters<BoxKeys['decapsulate']>[0]): Bytes | null => {
    if ('generation' in to) return generations.get(to.generation)?.sealing.privateKey ?? null;
    const key = [slot, ...(slot.former ?? [])].find(({ author }) => author === to.device);
    return key ? fromBase64url(key.sealingPrivateKey) : null;
  };

  return {
    own: { device: slot.author, secret: fromBase64url(slot.personalKey) },
    admit(generation) {
      if (!generations.has(generation.id)) generations.set(generation.id, generation);
    },
    generation: (id) => generations.get(id) ?? null,
    decapsulate(to, encapsulated) {
      const privateKey = privateKeyOf(to);
      if (!privateKey) return null;
      const name = `${JSON.stringify(to)} ${toBase64url(encapsulated)}`;
      const earlier = opened.get(name);
      if (earlier) return earlier;
      if (opened.size >= mostRemembered) opened.delete(opened.keys().next().value ?? '');
      const key = decapsulate(privateKey, encapsulated);
      opened.set(name, key);
      return key;
    },
    held(id) {
      const found = id && generations.get(id);
      if (!found) throw new NoKey('You were granted no key of this unit.');
      return found;
    },
    all: () => [...generations.values()],
  };
}
