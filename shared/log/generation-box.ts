import { z } from 'zod';
import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { encapsulateTo, encapsulationLength, type SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import type { BoxKeys } from './box.ts';
import { type Generation, openGeneration } from './generation.ts';
import { generationIdSchema, streamIdSchema } from './header.ts';

/*
 * The secret of a generation, sealed to one device, or under another generation to all who hold that. It travels beside an
 * entry of the roster, which says whether it counts.
 */

const generationBoxSchema = z.strictObject({
  generation: generationIdSchema,
  /** The roster that it stands in. */
  stream: streamIdSchema,
  to: z.union([z.strictObject({ device: authorKeySchema }), z.strictObject({ generation: generationIdSchema })]),
  /** For a device, an encapsulation of HPKE; then nonce, ciphertext, tag. */
  sealed: z.instanceof(Uint8Array),
});
export type GenerationBox = z.output<typeof generationBoxSchema>;

const contextOf = ({ generation, stream, to }: Omit<GenerationBox, 'sealed'>): Bytes =>
  toCanonicalBytes({ suite: 'probity-generation-box/2', generation, stream, to });

export async function boxGeneration(
  { id: generation, secret }: Generation,
  stream: StreamId,
  { author: device, sealingKey }: { readonly author: AuthorKey; readonly sealingKey: SealingPublicKey },
): Promise<Bytes> {
  const place = { generation, stream, to: { device } };
  const { encapsulated, contentKey } = await encapsulateTo(sealingKey);
  return toCbor({ ...place, sealed: concat(encapsulated, await seal(contentKey, secret, contextOf(place))) });
}

/** Under the box key of another generation. */
export async function boxGenerationUnder(
  { id: generation, secret }: Generation,
  stream: StreamId,
  { id, boxKey }: Generation,
): Promise<Bytes> {
  const place = { generation, stream, to: { generation: id } };
  return toCbor({ ...place, sealed: await seal(boxKey, secret, contextOf(place)) });
}

/** Null when it is another kind of box, or none. Never throws. */
export function parseGenerationBox(bytes: Uint8Array): GenerationBox | null {
  try {
    return generationBoxSchema.safeParse(fromCbor(bytes)).data ?? null;
  } catch {
    return null;
  }
}

/** Null when it is for others. @throws SealBroken when it does not open, or to another generation */
export async function openGenerationBox(box: GenerationBox, keys: BoxKeys): Promise<Generation | null> {
  const secret = await openSecret(box, keys);
  if (!secret) return null;
  if (secret.length !== 32) throw new SealBroken('It holds no secret of a generation.');
  const generation = await openGeneration(secret);
  if (generation.id !== box.generation) throw new SealBroken('It is the secret of another generation.');
  return generation;
}

async function openSecret(box: GenerationBox, keys: BoxKeys): Promise<Bytes | null> {
  const sealed = box.sealed as Bytes;
  if ('generation' in box.to) {
    const under = keys.generation(box.to.generation);
    return under && open(under.boxKey, sealed, contextOf(box));
  }
  if (sealed.length < encapsulationLength) throw new SealBroken('The box is shorter than any can be.');
  const key = keys.decapsulate(box.to, sealed.slice(0, encapsulationLength));
  return key && open(await key, sealed.subarray(encapsulationLength), contextOf(box));
}
