import { z } from 'zod';
import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { type Encapsulation, encapsulationLength } from '#shared/crypto/public-box.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { admitContentKey, type ContentKey } from './content-key.ts';
import type { Generation } from './generation.ts';
import { contentKeyIdSchema, generationIdSchema, streamIdSchema } from './header.ts';
import { formatLabel, isWithdrawn, parseLabel, type WholeBox, type WireBox } from './wire-box.ts';

/*
 * A box is a content key sealed for somebody: for a generation, by one who holds its secret or by an outsider to its
 * public key; or for one device, to its public key. What its label says is bound to what it holds: it opens for no other
 * key, stream or reader.
 */

const labelSchema = z.strictObject({
  key: contentKeyIdSchema,
  stream: streamIdSchema,
  to: z.union([z.strictObject({ generation: generationIdSchema }), z.strictObject({ device: authorKeySchema })]),
  /** `secret`: nonce, ciphertext, tag. `public`: before them the encapsulation of HPKE. */
  by: z.enum(['secret', 'public']),
});
type Label = z.output<typeof labelSchema>;
export type Reader = Label['to'];

/** What a box says of itself, and what it holds: nothing, once it is withdrawn. */
export interface Box extends Label {
  readonly label: Bytes;
  readonly sealed: Bytes | null;
}

const line = utf8('probity-box/2\n');
const contextOf = (label: Bytes): Bytes => concat(line, label);

/** Null when it is no box of a content key. Never throws. */
export function parseBox(box: WireBox): Box | null {
  const parsed = parseLabel(labelSchema, box.label);
  return parsed && { ...parsed, label: box.label, sealed: isWithdrawn(box) ? null : box.sealed };
}

/** For all who hold the generation's secret, by one of them. */
export async function boxForGeneration(
  { id: key, stream, raw }: ContentKey,
  generation: Generation,
): Promise<WholeBox> {
  const label = formatLabel({ key, stream, to: { generation: generation.id }, by: 'secret' } satisfies Label);
  return { label, sealed: await seal(generation.boxKey, raw, contextOf(label)) };
}

/** For a generation or a device, by anybody who knows its public key. An encapsulation may serve several boxes. */
export async function boxToPublicKey(
  { id: key, stream, raw }: ContentKey,
  to: Reader,
  { encapsulated, contentKey }: Encapsulation,
): Promise<WholeBox> {
  const label = formatLabel({ key, stream, to, by: 'public' } satisfies Label);
  return { label, sealed: concat(encapsulated, await seal(contentKey, raw, contextOf(label))) };
}

/** What a reader opens boxes with. */
export interface BoxKeys {
  /** Null for a generation whose secret they do not hold. */
  readonly generation: (id: GenerationId) => Generation | null;
  /** The key that an encapsulation to this reader's generation or device leads to; null when it is for another. */
  readonly decapsulate: (to: Reader, encapsulated: Bytes) => Promise<CryptoKey> | null;
}

/** Null when the box is for others, or withdrawn. @throws SealBroken when it is for this reader and does not open */
export async function openBox(box: Box, keys: BoxKeys): Promise<ContentKey | null> {
  const found = box.sealed && keyOf(box, box.sealed, keys);
  if (!found) return null;
  const { key, ciphertext } = found;
  return admitContentKey(box.key, box.stream, await open(await key, ciphertext, contextOf(box.label)));
}

function keyOf(
  { to, by }: Label,
  sealed: Bytes,
  keys: BoxKeys,
): { key: CryptoKey | Promise<CryptoKey>; ciphertext: Bytes } | null {
  if (by === 'secret') {
    const generation = 'generation' in to ? keys.generation(to.generation) : null;
    return generation && { key: generation.boxKey, ciphertext: sealed };
  }
  if (sealed.length < encapsulationLength) throw new SealBroken('The box is shorter than any can be.');
  const key = keys.decapsulate(to, sealed.slice(0, encapsulationLength));
  return key && { key, ciphertext: sealed.subarray(encapsulationLength) };
}
