import { v4 } from 'uuid';
import { fromUtf8 } from '#shared/crypto/encoding.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { ReplySuccessor } from '#shared/domain/unit/withdrawals.ts';
import type { CircleId, Digest, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { type Entry, hashEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import type { EndpointClient, Reply } from './endpoint-client.ts';
import type { AddedFoundedUnit } from './endpoint-fixture.ts';
import { Author, deviceOf, type FoundedUnit, newMember, newStream } from './endpoint-unit.ts';

/* Cases at the endpoint, with real keys and boxes, and the acts by which parts of them are withdrawn. */

/** A scope and its key. */
export interface Readers {
  readonly scope: Scope;
  readonly generation: Generation;
}

/** A stream with its first entry, under a key that is boxed beside it. */
export interface MadeCase {
  readonly stream: StreamId;
  readonly key: ContentKey;
  readonly first: Entry;
}

/** Of an act, which is in the clear. */
const eventOf = ({ wire }: Entry): EventId => JSON.parse(fromUtf8(wire.body ?? new Uint8Array())).id;

/** A unit with two supervisors, who also have a circle. */
export class StaffedUnit {
  readonly unit: UnitId;
  readonly client: EndpointClient;
  readonly founded: FoundedUnit;
  readonly founder: Author;
  readonly second: Author;
  /** Who reads the cases that no circle is made for. */
  readonly all: Readers;
  readonly circle: Readers;

  private constructor({ unit, client, founded }: AddedFoundedUnit, second: Author, circle: Readers) {
    this.unit = unit;
    this.client = client;
    this.founded = founded;
    this.founder = founded.founder;
    this.second = second;
    this.all = { scope: 'unit', generation: founded.generation };
    this.circle = circle;
  }

  static async of(added: AddedFoundedUnit): Promise<StaffedUnit> {
    const { unit, founded } = added;
    const [second, member, generation] = [await Author.of(unit), newMember(), await makeGeneration()];
    const made = new StaffedUnit(added, second, { scope: v4() as CircleId, generation });
    const device = await deviceOf(second, member);
    const box = (each: Generation, to = device) => boxGeneration(each, founded.stream, to);
    const named = { id: generation.id, publicKey: generation.sealing.publicKey };
    await made.push(
      await made.#act('member.admitted', { member, role: 'supervisor', device }),
      await made.#act('scope.granted', { scope: 'unit', device: device.author }, [await box(founded.generation)]),
      await made.#act('scope.opened', { scope: made.circle.scope, generation: named }, [
        await box(generation, founded.device),
        await box(generation),
      ]),
    );
    return made;
  }

  /** For both of its members. @returns its key */
  async openIntake(): Promise<Generation> {
    const devices = [this.founded.device, await deviceOf(this.second, newMember())];
    const open = async (scope: Scope): Promise<Generation> => {
      const generation = await makeGeneration();
      const boxes = await Promise.all(devices.map((each) => boxGeneration(generation, this.founded.stream, each)));
      const named = { id: generation.id, publicKey: generation.sealing.publicKey };
      await this.push(await this.#act('scope.opened', { scope, generation: named }, boxes));
      return generation;
    };
    await open('everyone');
    return open('intake');
  }

  async push(...entries: readonly Entry[]): Promise<void> {
    await this.client.push(
      this.unit,
      entries.map(({ wire }) => wire),
    );
  }

  tryPush = (...entries: readonly Entry[]): Promise<Reply> =>
    this.client.tryPush(
      this.unit,
      entries.map(({ wire }) => wire),
    );

  /** Begins a case, in the log. */
  async begin({ generation }: Readers = this.all): Promise<MadeCase> {
    const stream = newStream();
    const key = makeContentKey(stream, this.founder.key.author);
    const first = await this.write({ stream, key }, [await boxForGeneration(key, generation)]);
    await this.push(first);
    return { stream, key, first };
  }

  /** A further entry of a case, under the key of its first one. */
  write = ({ stream, key }: Pick<MadeCase, 'stream' | 'key'>, boxes: readonly WholeBox[] = []): Promise<Entry> =>
    this.founder.write({ stream }, undefined, boxes, key);

  /**
   * The founder hands a stream to others.
   * @param after the act by which it came to those who read it
   * @param replies where answers from other units go since
   */
  handOver = (
    { stream, key }: MadeCase,
    from: Readers = this.all,
    to: Readers = this.circle,
    after: Entry | null = null,
    replies: readonly ReplySuccessor[] = [],
  ): Promise<Entry> => {
    const whose = { from: from.scope, to: to.scope, after: after && eventOf(after) };
    return this.#act('boxes.withdrawn', { stream, ...whose, keys: [key.id], replies });
  };

  confirm = (act: Entry): Promise<Entry> =>
    this.#act('withdrawal.confirmed', { naming: hashEntry(act) }, [], this.second);

  /** @param act of a disposal, the second signature */
  stop = (act: Entry): Promise<Entry> =>
    this.#act('withdrawal.stopped', { withdrawal: hashEntry(act) }, [], this.second);

  /** The founder disposes of cases, and the second supervisor signs as well. */
  async dispose(
    cases: readonly Pick<MadeCase, 'stream'>[],
    blobs: readonly Digest[] = [],
    { scope }: Readers = this.all,
  ): Promise<readonly [proposed: Entry, seconded: Entry]> {
    const streams = cases.map(({ stream }) => stream);
    const proposed = await this.#act('bodies.withdrawn', { scope, streams, blobs, reason: 'retentionEnded' });
    return [proposed, await this.#act('act.seconded', { entry: hashEntry(proposed) }, [], this.second)];
  }

  #act = (type: string, data: object, boxes: readonly WholeBox[] = [], by = this.founder): Promise<Entry> =>
    by.act(this.founded.stream, { type, data }, boxes);
}
