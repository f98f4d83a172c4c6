import { type Encapsulation, encapsulateTo } from '#shared/crypto/public-box.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { generationIdOf } from '#shared/domain/unit/roster.ts';
import { boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry, type Unsigned } from '#shared/log/entry.ts';

/**
 * An entry under a key of its author's own, boxed to a unit's public key, as anybody can make one: the endpoint does.
 * @param to an encapsulation to that key that is used once more
 */
export async function sealedToUnit(
  publicKey: string,
  author: SigningKey,
  place: Unsigned['place'],
  event: Envelope,
  to?: Encapsulation,
): Promise<Entry> {
  const key = makeContentKey(place.stream, author.author);
  const reader = { generation: generationIdOf(publicKey) };
  const boxes = [await boxToPublicKey(key, reader, to ?? (await encapsulateTo(publicKey)))];
  return createEntry({ place, event, key, boxes }, author);
}
