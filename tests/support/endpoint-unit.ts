/** What a workstation holds, as far as the endpoint's tests need it: a founded unit, and members who write to its log. */
import { v4, v7 } from 'uuid';
import { randomBytes } from '#shared/crypto/encoding.ts';
import { decapsulate, generateSealingKey } from '#shared/crypto/public-box.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { DataOf } from '#shared/domain/registry/registry.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { DeviceKeys } from '#shared/domain/unit/roster.ts';
import type { Digest, EntryId, EventId, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { boxForGeneration, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import {
  createEntry,
  createRosterEntry,
  type Entry,
  hashEntry,
  type Unsigned,
  type WireEntry,
} from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import { seenNothing } from '#shared/log/seen.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { type AcceptedPage, acceptPage } from '#shared/sync/accept-page.ts';
import { type Said, signSaid } from '#shared/sync/said-by.ts';
import { directoryOf, type EndpointClient, newDevice, type Reply } from './endpoint-client.ts';
import { MemoryTiles } from './memory-tiles.ts';

/** The event of an entry that somebody outside sealed to the generation's public key. @throws when it does not open */
export async function openSealed({ header, wire }: Entry, generation: Generation): Promise<Envelope> {
  const [wireBox, ...more] = wire.boxes;
  const box = wireBox && parseBox(wireBox);
  if (!box?.sealed || more.length > 0) throw new Error('It has not exactly one box.');
  if (!wire.body) throw new Error('It has no body.');
  const key = await openBox(box, {
    generation: () => null,
    decapsulate: (to, encapsulated) =>
      'generation' in to && to.generation === generation.id
        ? decapsulate(generation.sealing.privateKey, encapsulated)
        : null,
  });
  if (key?.id !== header.key || key.stream !== header.stream) throw new Error('The box is for others, or elsewhere.');
  return (await openEvent(key, wire.body, header)).event;
}

/** A box of no key, with so many bytes of label and sealed part. */
export const junkBox = (label: number, sealed: number): WholeBox => ({
  label: randomBytes(label),
  sealed: randomBytes(sealed),
});

type Place = Unsigned['place'];
/** What an entry in the clear says. */
interface Act {
  readonly type: string;
  readonly data: unknown;
  readonly v?: number;
}

/** A device that writes entries, each after the last. A member's, once a roster binds it. */
export class Author {
  readonly key: SigningKey;
  readonly unit: UnitId;
  tip: Digest | null = null;
  /** For whom the streams are that they begin. */
  readers: Generation | null = null;

  private constructor(key: SigningKey, unit: UnitId) {
    this.key = key;
    this.unit = unit;
  }

  static async of(unit: UnitId, key?: SigningKey): Promise<Author> {
    return new Author(key ?? (await newDevice()), unit);
  }

  /**
   * The next entry, or, with `changes`, one that is not as it should be.
   * @param size characters of what the event says
   * @param boxes one for the readers, and one that opens nothing, where none are given
   * @param under the key of its body; one that is used for it alone where none is given
   */
  async write(
    changes: Partial<Place> = {},
    size = 200,
    boxes: readonly WholeBox[] | undefined = undefined,
    under: ContentKey | null = null,
  ): Promise<Entry> {
    const place = this.#place({ stream: newStream(), ...changes });
    const key = under ?? makeContentKey(place.stream, this.key.author);
    const forReaders = this.readers ? await boxForGeneration(key, this.readers) : junkBox(60, 60);
    const beside = boxes ?? [forReaders, junkBox(50, 40)];
    const entry = await createEntry({ place, event: anEvent(size), key, boxes: beside }, this.key);
    this.tip = hashEntry(entry);
    return entry;
  }

  /** The next entry, in the clear: an act on the roster, unless `changes` say otherwise. */
  async act(
    stream: StreamId,
    { type, data, v = 1 }: Act,
    boxes: readonly WholeBox[] = [],
    changes: Partial<Place> = {},
  ) {
    const event = { id: v7() as EventId, type, v, at: '2026-11-20T10:00:00.000Z', data };
    const entry = await createRosterEntry({ place: this.#place({ stream, ...changes }), event, boxes }, this.key);
    this.tip = hashEntry(entry);
    return entry;
  }

  #place(changes: Partial<Place> & Pick<Place, 'stream'>): Place {
    return { id: v7() as EntryId, unit: this.unit, prev: this.tip, seen: seenNothing, ...changes };
  }

  async writeMany(count: number, size?: number): Promise<WireEntry[]> {
    const wires: WireEntry[] = [];
    for (let index = 0; index < count; index += 1) wires.push((await this.write({}, size)).wire);
    return wires;
  }
}

/** Keys of the author for a binding, proved as theirs. */
export async function deviceOf({ key, unit }: Author, member: MemberId): Promise<DeviceKeys> {
  const device = { author: key.author, sealingKey: (await generateSealingKey()).publicKey };
  return { ...device, proof: await proveDevice({ unit, member, device }, key) };
}

/** What a founding is made of, to be signed as it is or with something wrong. */
export interface Founding {
  readonly author: Author;
  readonly stream: StreamId;
  readonly generation: Generation;
  readonly data: DataOf<'unit.founded'>;
  readonly boxes: readonly WholeBox[];
}

export async function newFounding(unit: UnitId, { endpointKey, checkpointKey }: EndpointPublicKeys): Promise<Founding> {
  const author = await Author.of(unit);
  const [founder, stream, generation] = [newMember(), newStream(), await makeGeneration()];
  author.readers = generation;
  const device = await deviceOf(author, founder);
  const scope = { scope: 'unit', id: generation.id, publicKey: generation.sealing.publicKey } as const;
  const data = { founder, device, endpointKey, checkpointKey, policyStream: newStream(), generation: scope };
  return { author, stream, generation, data, boxes: [await boxGeneration(generation, stream, device)] };
}

export const signFounding = ({ author, stream, data, boxes }: Founding): Promise<Entry> =>
  author.act(stream, { type: 'unit.founded', data }, boxes);

/** A unit in the endpoint's log, with its founder, who admits others. */
export class FoundedUnit {
  readonly #workstation: EndpointClient;
  readonly founder: Author;
  /** The founder's. */
  readonly device: DeviceKeys;
  /** Of the roster. */
  readonly stream: StreamId;
  /** Opens its referrals. */
  readonly generation: Generation;

  constructor(workstation: EndpointClient, { author, stream, generation, data }: Founding) {
    this.#workstation = workstation;
    this.founder = author;
    this.device = data.device;
    this.stream = stream;
    this.generation = generation;
  }

  /** The founder's act that binds the author to a new member. */
  async admission(author: Author, role: Role = 'analyst', member = newMember()): Promise<Entry> {
    author.readers = this.generation;
    const data = { member, role, device: await deviceOf(author, member) };
    return this.founder.act(this.stream, { type: 'member.admitted', data });
  }

  /** The device of a new member, whose admission the log has. */
  async member(): Promise<Author> {
    const author = await Author.of(this.founder.unit);
    await this.#workstation.push(author.unit, [(await this.admission(author)).wire]);
    return author;
  }
}

/** Founds the unit with keys of its own. @param pinned keys of the endpoint: else those that its directory names */
export async function foundUnit(
  workstation: EndpointClient,
  unit: UnitId,
  pinned?: EndpointPublicKeys,
): Promise<FoundedUnit> {
  const founding = await newFounding(unit, pinned ?? (await directoryOf(workstation.url)));
  await workstation.push(unit, [(await signFounding(founding)).wire]);
  return new FoundedUnit(workstation, founding);
}

export const newStream = () => crypto.randomUUID() as string as StreamId;
export const newMember = () => crypto.randomUUID() as string as MemberId;

const anEvent = (size: number): Envelope => {
  const what = { type: 'test.written', v: 1, data: { text: 'x'.repeat(size) } };
  return { id: v7() as EventId, at: '2026-11-20T10:00:00.000Z', ...what };
};

/** Pulls the whole log page by page and checks every page as a replica does. @throws when a page is not believed */
export async function pullAll(
  workstation: EndpointClient,
  unit: UnitId,
  { checkpointKey }: Pick<EndpointPublicKeys, 'checkpointKey'>,
  limit?: number,
): Promise<{ log: LogState; entries: AcceptedPage['entries'][number][] }> {
  let log: LogState = emptyLog;
  const tiles = new MemoryTiles();
  const entries: AcceptedPage['entries'][number][] = [];
  for (;;) {
    const page = await workstation.pull(unit, log.size, limit, log.checkpoint);
    const accepted = await acceptPage(page, log, { unit, keyAfter: () => checkpointKey }, tiles);
    if (!accepted.ok) throw new Error(`${accepted.error.code} at ${accepted.error.position}`);
    entries.push(...accepted.value.entries);
    tiles.keep(accepted.value.tree.tiles);
    log = accepted.value.log;
    if (log.size >= page.end) return { log, entries };
  }
}

/** A referral for another unit, which the endpoint cannot read either way. @param generation of that unit */
export const junkTransfer = (to: UnitId, { id }: Pick<Generation, 'id'>) => ({
  ...{ id: v7() as EntryId, to, blobs: [], package: { key: id as string, box: 'AA' } },
  reply: { stream: v4() as StreamId, key: `${'R'.repeat(42)}A` as Digest },
});

/** What is said in a unit's name: by a member, at a workstation of the unit, by its clock. */
export interface Speaker {
  readonly client: EndpointClient;
  readonly author: Pick<Author, 'key' | 'unit'>;
  readonly now?: () => number;
}

const signedBy = async ({ author: { key, unit }, now = Date.now }: Speaker, what: Said['what'], body: object) =>
  signSaid({ what, unit, body }, key, now());

export const postTransfer = async (by: Speaker, transfer: object): Promise<Reply> =>
  by.client.send('POST', `/v1/units/${by.author.unit}/transfers`, {
    ...transfer,
    by: await signedBy(by, 'transfer', transfer),
  });

export const postAnswer = async (by: Speaker, id: string, answer: object): Promise<Reply> =>
  by.client.send('POST', `/v1/units/${by.author.unit}/transfers/${id}/answer`, {
    ...answer,
    by: await signedBy(by, 'answer', { id, ...answer }),
  });

export const putOutcome = async (by: Speaker, reference: string, outcome: object): Promise<Reply> =>
  by.client.send('PUT', `/v1/units/${by.author.unit}/outcomes/${reference}`, {
    ...outcome,
    by: await signedBy(by, 'outcome', { reference, ...outcome }),
  });
