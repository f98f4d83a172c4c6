import { z } from 'zod';
import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import { decapsulate, encapsulateTo, encapsulationLength, type SealingPublicKey } from '#shared/crypto/public-box.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import type { BoxKeys } from './box.ts';
import { type Generation, openGeneration } from './generation.ts';
import { generationIdSchema, streamIdSchema } from './header.ts';
import { formatLabel, isWithdrawn, parseLabel, type WholeBox, type WireBox } from './wire-box.ts';

/*
 * The secret of a generation, sealed to one device, to the recovery key, or under another generation to all who hold that. It travels beside an
 * entry of the roster, which says whether it counts.
 */

const labelSchema = z.strictObject({
  generation: generationIdSchema,
  /** The roster that it stands in. */
  stream: streamIdSchema,
  to: z.union([
    z.strictObject({ device: authorKeySchema }),
    z.strictObject({ recovery: authorKeySchema }),
    z.strictObject({ generation: generationIdSchema }),
  ]),
});
type Label = z.output<typeof labelSchema>;

export interface GenerationBox extends Label {
  readonly label: Bytes;
  /** For a device or the recovery key, an encapsulation of HPKE; then nonce, ciphertext, tag. */
  readonly sealed: Bytes;
}

const line = utf8('probity-generation-box/2\n');
const contextOf = (label: Bytes): Bytes => concat(line, label);

interface PublicKeys {
  readonly author: AuthorKey;
  readonly sealingKey: SealingPublicKey;
}

export const boxGeneration = (generation: Generation, stream: StreamId, device: PublicKeys): Promise<WholeBox> =>
  boxTo(generation, stream, { device: device.author }, device.sealingKey);

/** For the recovery key of the unit. */
export const boxForRecovery = (generation: Generation, stream: StreamId, recovery: PublicKeys): Promise<WholeBox> =>
  boxTo(generation, stream, { recovery: recovery.author }, recovery.sealingKey);

async function boxTo(
  { id: generation, secret }: Generation,
  stream: StreamId,
  to: Label['to'],
  sealingKey: SealingPublicKey,
): Promise<WholeBox> {
  const label = formatLabel({ generation, stream, to } satisfies Label);
  const { encapsulated, contentKey } = await encapsulateTo(sealingKey);
  return { label, sealed: concat(encapsulated, await seal(contentKey, secret, contextOf(label))) };
}

/** Under the box key of another generation. */
export async function boxGenerationUnder(
  { id: generation, secret }: Generation,
  stream: StreamId,
  { id, boxKey }: Generation,
): Promise<WholeBox> {
  const label = formatLabel({ generation, stream, to: { generation: id } } satisfies Label);
  return { label, sealed: await seal(boxKey, secret, contextOf(label)) };
}

/** Null when it is another kind of box, or withdrawn. Never throws. */
export function parseGenerationBox(box: WireBox): GenerationBox | null {
  const parsed = isWithdrawn(box) ? null : parseLabel(labelSchema, box.label);
  return parsed && !isWithdrawn(box) ? { ...parsed, label: box.label, sealed: box.sealed } : null;
}

/** What boxes of generations are opened with. */
export interface GenerationBoxKeys extends BoxKeys {
  /** Of whoever put the shares of the recovery key together. */
  readonly recovery?: { readonly author: AuthorKey; readonly privateKey: Bytes };
}

/** Null when it is for others. @throws SealBroken when it does not open, or to another generation */
export async function openGenerationBox(box: GenerationBox, keys: GenerationBoxKeys): Promise<Generation | null> {
  const secret = await openSecret(box, keys);
  if (!secret) return null;
  if (secret.length !== 32) throw new SealBroken('It holds no secret of a generation.');
  const generation = await openGeneration(secret);
  if (generation.id !== box.generation) throw new SealBroken('It is the secret of another generation.');
  return generation;
}

async function openSecret(box: GenerationBox, keys: GenerationBoxKeys): Promise<Bytes | null> {
  const { label, sealed } = box;
  if ('generation' in box.to) {
    const under = keys.generation(box.to.generation);
    return under && open(under.boxKey, sealed, contextOf(label));
  }
  if (sealed.length < encapsulationLength) throw new SealBroken('The box is shorter than any can be.');
  const key = decapsulateFor(box.to, sealed.slice(0, encapsulationLength), keys);
  return key && open(await key, sealed.subarray(encapsulationLength), contextOf(label));
}

function decapsulateFor(
  to: Exclude<Label['to'], { generation: unknown }>,
  encapsulated: Bytes,
  keys: GenerationBoxKeys,
) {
  if ('device' in to) return keys.decapsulate(to, encapsulated);
  return keys.recovery?.author === to.recovery ? decapsulate(keys.recovery.privateKey, encapsulated) : null;
}
