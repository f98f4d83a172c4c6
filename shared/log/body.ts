import { open, seal } from '#shared/crypto/aead.ts';
import { type Bytes, concat, fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import { type Encapsulation, encapsulationLength } from '#shared/crypto/public-box.ts';
import { type Envelope, envelopeSchema } from '#shared/domain/event/envelope.ts';
import { type Entry, sealedBody } from './entry.ts';
import type { Header } from './header.ts';

const block = 256;

/** JSON padded with spaces to whole blocks of 256 bytes, so that sizes tell less of what kind of event it is. */
function padded(envelope: Envelope): Bytes {
  const json = toBytes(envelope);
  const whole = new Uint8Array(Math.ceil(json.length / block) * block).fill(0x20);
  whole.set(json);
  return whole;
}

export const sealWithKey =
  (key: CryptoKey, envelope: Envelope) =>
  (context: Bytes): Promise<Bytes> =>
    seal(key, padded(envelope), context);

/** Body of enc HPKE-XWING-A256GCM: the encapsulation, then the box. */
export const sealToPublicKey =
  (to: Encapsulation, envelope: Envelope) =>
  async (context: Bytes): Promise<Bytes> =>
    concat(to.encapsulated, await seal(to.contentKey, padded(envelope), context));

/** Finds the key of a body sealed to a public key, from its encapsulation. */
export type Decapsulate = (kid: string, encapsulated: Bytes) => Promise<CryptoKey>;
/** Finds the content key of a body sealed for its readers, from the key id and stream of the header. */
export type FindContentKey = (header: Header) => Promise<CryptoKey>;

/** @throws SealBroken when it does not open, TypeError, SyntaxError or ZodError when what opens is no event */
export async function openBody(entry: Entry, find: FindContentKey, decapsulate: Decapsulate): Promise<Envelope> {
  const { payload, context } = sealedBody(entry);
  const { enc, kid } = entry.header;
  const toPublicKey = enc === 'HPKE-XWING-A256GCM';
  const key = toPublicKey ? await decapsulate(kid, payload.slice(0, encapsulationLength)) : await find(entry.header);
  const box = toPublicKey ? payload.subarray(encapsulationLength) : payload;
  return envelopeSchema.parse(fromBytes(await open(key, box, context)));
}
