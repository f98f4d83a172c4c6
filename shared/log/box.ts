import { z } from 'zod';
import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { type Encapsulation, encapsulationLength } from '#shared/crypto/public-box.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { admitContentKey, type ContentKey } from './content-key.ts';
import type { Generation } from './generation.ts';
import { contentKeyIdSchema, generationIdSchema, streamIdSchema } from './header.ts';

/*
 * A box is a content key sealed for somebody: for a generation, by one who holds its secret or by an outsider to its
 * public key; or for one device, to its public key. It travels beside an entry, as CBOR, and what it says of itself is
 * bound to what it holds: it opens for no other key, stream or reader.
 */

const boxSchema = z.strictObject({
  key: contentKeyIdSchema,
  stream: streamIdSchema,
  to: z.union([z.strictObject({ generation: generationIdSchema }), z.strictObject({ device: authorKeySchema })]),
  /** `secret`: nonce, ciphertext, tag. `public`: before them the encapsulation of HPKE. */
  by: z.enum(['secret', 'public']),
  sealed: z.instanceof(Uint8Array),
});
export type Box = z.output<typeof boxSchema>;
export type Reader = Box['to'];

/** Most bytes of a box. */
export const mostBoxBytes = 2048;

const contextOf = ({ key, stream, to, by }: Omit<Box, 'sealed'>): Bytes =>
  toCanonicalBytes({ suite: 'probity-box/2', key, stream, to, by });

/** @throws TypeError, ZodError when it is no box */
export const parseBox = (bytes: Uint8Array): Box => boxSchema.parse(fromCbor(bytes));

/** For all who hold the generation's secret, by one of them. */
export async function boxForGeneration({ id: key, stream, raw }: ContentKey, generation: Generation): Promise<Bytes> {
  const place = { key, stream, to: { generation: generation.id }, by: 'secret' as const };
  return toCbor({ ...place, sealed: await seal(generation.boxKey, raw, contextOf(place)) });
}

/** For a generation or a device, by anybody who knows its public key. An encapsulation may serve several boxes. */
export async function boxToPublicKey(
  { id: key, stream, raw }: ContentKey,
  to: Reader,
  { encapsulated, contentKey }: Encapsulation,
): Promise<Bytes> {
  const place = { key, stream, to, by: 'public' as const };
  return toCbor({ ...place, sealed: concat(encapsulated, await seal(contentKey, raw, contextOf(place))) });
}

/** What a reader opens boxes with. */
export interface BoxKeys {
  /** Null for a generation whose secret they do not hold. */
  readonly generation: (id: GenerationId) => Generation | null;
  /** The key that an encapsulation to this reader's generation or device leads to; null when it is for another. */
  readonly decapsulate: (to: Reader, encapsulated: Bytes) => Promise<CryptoKey> | null;
}

/** Null when the box is for others. @throws SealBroken when it is for this reader and does not open */
export async function openBox(box: Box, keys: BoxKeys): Promise<ContentKey | null> {
  const found = keyOf(box, keys);
  if (!found) return null;
  const { key, ciphertext } = found;
  return admitContentKey(box.key, box.stream, await open(await key, ciphertext, contextOf(box)));
}

function keyOf(box: Box, keys: BoxKeys): { key: CryptoKey | Promise<CryptoKey>; ciphertext: Bytes } | null {
  const sealed = box.sealed as Bytes;
  if (box.by === 'secret') {
    const generation = 'generation' in box.to ? keys.generation(box.to.generation) : null;
    return generation && { key: generation.boxKey, ciphertext: sealed };
  }
  if (sealed.length < encapsulationLength) throw new SealBroken('The box is shorter than any can be.');
  const key = keys.decapsulate(box.to, sealed.slice(0, encapsulationLength));
  return key && { key, ciphertext: sealed.subarray(encapsulationLength) };
}
