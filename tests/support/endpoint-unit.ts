/** What a workstation holds, as far as the endpoint's tests need it: a founded unit, and authors that write to its log. */
import { v7 } from 'uuid';
import { type Bytes, randomBytes } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import type { AuthorKey, Digest, EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { openBox, parseBox } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry, hashEntry, type Unsigned, type WireEntry } from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { emptyLogHash, type LogState } from '#shared/log/head.ts';
import { type AcceptedPage, acceptPage } from '#shared/sync/accept-page.ts';
import { signSealingKey } from '#shared/sync/enrolment.ts';
import { type EndpointClient, newDevice } from './endpoint-client.ts';

/** Founds the unit with keys of its own and returns the generation that opens its referrals. */
export async function foundUnit(workstation: EndpointClient, unit: UnitId): Promise<Generation> {
  const founder = await newDevice();
  const generation = await makeGeneration();
  const claims = { unit, publicKey: generation.sealing.publicKey, founder: founder.author };
  await workstation.publishSealingKey(unit, await signSealingKey(claims, founder));
  return generation;
}

/** The event of an entry that somebody outside sealed to the generation's public key. @throws when it does not open */
export async function openSealed({ header, wire }: Entry, generation: Generation): Promise<Envelope> {
  const [box, ...more] = wire.boxes;
  if (!(box instanceof Uint8Array) || more.length > 0) throw new Error('It has not exactly one box.');
  if (!wire.body) throw new Error('It has no body.');
  const key = await openBox(parseBox(box), {
    generation: () => null,
    decapsulate: (to, encapsulated) =>
      'generation' in to && to.generation === generation.id
        ? decapsulate(generation.sealing.privateKey, encapsulated)
        : null,
  });
  if (key?.id !== header.key || key.stream !== header.stream) throw new Error('The box is for others, or elsewhere.');
  return (await openEvent(key, wire.body, header)).event;
}

/** A member who writes entries, each after the last. */
export class Author {
  readonly key: SigningKey;
  readonly unit: UnitId;
  tip: Digest | null = null;

  private constructor(key: SigningKey, unit: UnitId) {
    this.key = key;
    this.unit = unit;
  }

  static async of(unit: UnitId): Promise<Author> {
    return new Author(await newDevice(), unit);
  }

  /**
   * The next entry, or, with `changes`, one that is not as it should be. Boxes are opaque to the endpoint, and nothing
   * that opens here.
   * @param size characters of what the event says
   */
  async write(
    changes: Partial<Unsigned['place']> = {},
    size = 200,
    boxes: readonly Bytes[] = [randomBytes(120), randomBytes(90)],
  ): Promise<Entry> {
    const stream = crypto.randomUUID() as string as StreamId;
    const place = { id: v7() as EntryId, unit: this.unit, stream, prev: this.tip, seen: 0, ...changes };
    const entry = await createEntry(
      { place, event: anEvent(size), key: makeContentKey(place.stream, this.key.author), boxes },
      this.key,
    );
    this.tip = hashEntry(entry);
    return entry;
  }

  async writeMany(count: number, size?: number): Promise<WireEntry[]> {
    const wires: WireEntry[] = [];
    for (let index = 0; index < count; index += 1) wires.push((await this.write({}, size)).wire);
    return wires;
  }
}

const anEvent = (size: number): Envelope => {
  const what = { type: 'test.written', v: 1, data: { text: 'x'.repeat(size) } };
  return { id: v7() as EventId, at: '2026-11-20T10:00:00.000Z', ...what };
};

/** Pulls the whole log page by page and checks every page as a replica does. @throws when a page is not believed */
export async function pullAll(
  workstation: EndpointClient,
  unit: UnitId,
  endpointKey: AuthorKey,
  limit?: number,
): Promise<{ log: LogState; entries: AcceptedPage['entries'][number][] }> {
  let log: LogState = { position: 0, hash: await emptyLogHash(unit) };
  const entries: AcceptedPage['entries'][number][] = [];
  for (;;) {
    const page = await workstation.pull(unit, log.position, limit);
    const accepted = await acceptPage(page, log, unit, endpointKey);
    if (!accepted.ok) throw new Error(`${accepted.error.code} at ${accepted.error.position}`);
    entries.push(...accepted.value.entries);
    log = accepted.value.log;
    if (log.position >= page.end) return { log, entries };
  }
}
