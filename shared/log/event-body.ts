import { importContentKey, open, seal } from '#shared/crypto/aead.ts';
import { fromCanonicalJson, toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, concat, fromUtf8, randomBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { paddedLength } from '#shared/crypto/padded-length.ts';
import { type Envelope, envelopeSchema } from '#shared/domain/event/envelope.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { ContentKey } from './content-key.ts';
import type { Header, HeaderPlace } from './header.ts';

/*
 * A body is one event: a random salt, the event's canonical JSON, and spaces up to a whole number of steps. The header's
 * commitment is the hash of salt and JSON.
 */

const saltLength = 32;
const space = 0x20;

const contextOf = ({ suite, id, unit, stream, author, key }: HeaderPlace): Bytes =>
  toCanonicalBytes({ suite, id, unit, stream, author, key });

export interface SealedBody {
  readonly bytes: Bytes;
  readonly commitment: Digest;
}

/** @throws TypeError when the event is no JSON value */
export async function sealEvent({ raw }: ContentKey, event: Envelope, place: HeaderPlace): Promise<SealedBody> {
  const salted = concat(randomBytes(saltLength), toCanonicalBytes(event));
  const padded = new Uint8Array(paddedLength(salted.length)).fill(space);
  padded.set(salted);
  return {
    bytes: await seal(await importContentKey(raw), padded, contextOf(place)),
    commitment: await digestOf(salted),
  };
}

/** An opened body. `salt` and `text` prove the event to whoever has the entry's header. */
export interface OpenedBody {
  readonly event: Envelope;
  readonly salt: Bytes;
  /** Canonical JSON. */
  readonly text: string;
}

/** @throws SealBroken when it does not open; TypeError, SyntaxError or ZodError when what opens is no event, or not the one that the header commits to */
export async function openEvent({ raw }: ContentKey, body: Bytes, header: Header): Promise<OpenedBody> {
  const padded = await open(await importContentKey(raw), body, contextOf(header));
  let end = padded.length;
  while (padded[end - 1] === space) end -= 1;
  const salted = padded.subarray(0, end);
  const salt = salted.slice(0, saltLength);
  if (!(await provesEvent(header.commitment, salted)))
    throw new TypeError('The body is not what the header commits to.');
  const text = fromUtf8(salted.subarray(saltLength));
  return { event: envelopeSchema.parse(fromCanonicalJson(text)), salt, text };
}

/** Whether salt and text, as bytes one after the other, are what a header commits to. */
export const provesEvent = async (commitment: Digest, salted: Bytes): Promise<boolean> =>
  (await digestOf(salted)) === commitment;
