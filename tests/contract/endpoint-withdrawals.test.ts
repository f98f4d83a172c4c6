import { randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEndpoint } from '#endpoint/start-endpoint.ts';
import { sqlStorage } from '#endpoint/storage/open-storage.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import type { Storage } from '#endpoint/storage/storage.ts';
import { fromCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { encapsulateTo, generateSealingKey } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import type { Digest, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { type Entry, isInClear, isWhole, verifyEntry, type WireEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { isWithdrawn, type WireBox } from '#shared/log/wire-box.ts';
import { drawn, isLong } from '../support/effort.ts';
import { type MadeCase, type Readers, StaffedUnit } from '../support/endpoint-cases.ts';
import { EndpointClient, type Reply } from '../support/endpoint-client.ts';
import { destructionIn } from '../support/endpoint-destruction.ts';
import { databases, type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import {
  deviceOf,
  junkTransfer,
  newMember,
  newStream,
  openSealed,
  postAnswer,
  postTransfer,
  pullAll,
} from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* What the endpoint does with what its members withdraw: it serves it no more at once, and destroys it after the time of grace. */

const hour = 60 * 60 * 1000;
const patient = { timeout: 15_000 };

/** What there is of an entry: `+` for a part, `-` for one that is withdrawn; the body, then each box. */
const partsOf = ({ body, boxes }: Pick<WireEntry, 'body' | 'boxes'>): string =>
  [body === null, ...boxes.map(isWithdrawn)].map((isOut) => (isOut ? '-' : '+')).join('');

type At = Pick<StaffedUnit, 'unit' | 'client'>;

async function newBlob(): Promise<readonly [Digest, Bytes]> {
  const bytes = new Uint8Array(randomBytes(1000));
  return [await digestOf(bytes), bytes];
}

describe.each(databases)('an endpoint on %s', (_, embedded) => {
  const parts: [name: string, tests: () => void][] = [];
  const part = (...each: (typeof parts)[number]) => parts.push(each);
  let now = Date.now();
  let fixture: EndpointFixture;
  /** Whose log is gone through after all others, and has a disposal that is long due. */
  let last: StaffedUnit;
  let sign: readonly [Digest, Bytes];

  beforeAll(async () => {
    fixture = await startTestEndpoint({ embedded, now: () => now });
    last = await newUnit('zzz');
    sign = await newBlob();
    await last.push(...(await last.dispose([await last.begin()], [sign[0]])));
    now += 2 * grace;
  }, 60_000);
  afterAll(() => fixture.close());
  afterEach(() => vi.useRealTimers());

  async function newUnit(force?: string): Promise<StaffedUnit> {
    return StaffedUnit.of(await fixture.newFoundedUnit(force));
  }
  const speakerOf = ({ client, founder }: StaffedUnit) => ({ client, author: founder, now: () => now });
  const logOf = ({ unit, client }: At) => pullAll(client, unit, fixture.endpoint);
  const endOf = async ({ unit, client }: At) => (await client.pull(unit, 0)).end;

  /** What is served of a unit's log, checked as a replica does. Nothing of its roster is missing. */
  async function served(of: At): Promise<readonly Entry[]> {
    const entries = (await logOf(of)).entries.map(({ entry }) => entry);
    for (const each of entries) expect(await verifyEntry(each)).toMatchObject({ ok: true });
    expect(entries.filter(isInClear).every(isWhole)).toBe(true);
    return entries;
  }
  const partsIn = async (of: At, { stream }: Pick<MadeCase, 'stream'>): Promise<readonly string[]> =>
    (await served(of)).filter(({ header }) => header.stream === stream).map(({ wire }) => partsOf(wire));

  interface Row {
    readonly stream: StreamId;
    readonly body: Bytes | null;
    /** CBOR. */
    readonly boxes: Bytes;
  }
  const rowsOf = ({ unit }: StaffedUnit): Promise<readonly Row[]> =>
    fixture.whileStopped((sql) =>
      sql.query<Row>('SELECT stream, body, boxes FROM entries WHERE unit = $1 ORDER BY position', [unit]),
    );
  const partsOfRows = (rows: readonly Row[], { stream }: Pick<MadeCase, 'stream'>): readonly string[] =>
    rows
      .filter((row) => row.stream === stream)
      .map(({ body, boxes }) => partsOf({ body, boxes: fromCbor(boxes) as WireBox[] }));
  /** Whether the bytes are in any column. */
  const areIn = (rows: readonly Row[], bytes: Uint8Array): boolean =>
    rows.some(({ body, boxes }) =>
      [body, boxes].some((each) => each && Buffer.from(each).includes(Buffer.from(bytes))),
    );

  const getBlob = ({ unit, client }: StaffedUnit, digest: Digest): Promise<Reply> =>
    client.send('GET', `/v1/units/${unit}/blobs/${digest}`);
  const isGone = async (of: StaffedUnit, digest: Digest): Promise<boolean> =>
    (await getBlob(of, digest)).status === 404;

  /** Starts the endpoint at that time, and waits until it went through all logs. */
  async function startAt(time: number): Promise<void> {
    now = time;
    await last.client.putBlob(last.unit, ...sign);
    await fixture.restart();
    await expect.poll(() => isGone(last, sign[0]), patient).toBe(true);
  }

  /** A case that is handed to the circle, which boxed its key beside the first entry of the case that it goes on in. */
  async function handedOver(of: StaffedUnit, from: Readers = of.all, to: Readers = of.circle) {
    const [made, goesOn] = [await of.begin(from), await of.begin(to)];
    const act = await of.handOver(made, from, to);
    const boxed = await of.write(goesOn, [await boxForGeneration(made.key, to.generation)]);
    await of.push(act, boxed);
    return { made, act, goesOn };
  }

  part('takes no stream of which it is not said for whom it is:', () => {
    const newCase = (of: StaffedUnit) => {
      const stream = newStream();
      return { stream, key: makeContentKey(stream, of.founder.key.author) };
    };
    const refused = async (of: StaffedUnit, entry: Entry): Promise<void> => {
      of.founder.tip = entry.header.prev;
      expectProblem(await of.tryPush(entry), 'stream-without-readers');
    };

    test('not without a box of its author’s key, nor for a generation that the roster does not name', async () => {
      const unit = await newUnit();
      const made = newCase(unit);
      const ofOther = makeContentKey(made.stream, unit.second.key.author);
      const unknown = await makeGeneration();
      for (const boxes of [
        [],
        [await boxForGeneration(ofOther, unit.all.generation)],
        [await boxForGeneration(made.key, unknown)],
        [await boxForGeneration(made.key, unknown), await boxForGeneration(made.key, unit.all.generation)],
      ]) {
        await refused(unit, await unit.write(made, boxes));
      }
      await unit.push(await unit.write(made, [await boxForGeneration(made.key, unit.all.generation)]));
      // Once it is said, it need not be said again.
      await unit.push(await unit.write(made));
    });

    test('nor where it is said beside an entry of another, before it begins', async () => {
      const unit = await newUnit();
      const [known, made] = [await unit.begin(), newCase(unit)];
      const box = await boxForGeneration(made.key, unit.all.generation);
      await refused(unit, await unit.write(known, [box]));
      const [begins, more] = [await unit.write(made, [box]), await unit.write(known, [box])];
      await unit.push(begins, more);
    });
  });

  part('serves without its boxes for the former readers a stream that was handed to others:', () => {
    test('those of the keys that were named, whole before, with their labels, in entries that verify', async () => {
      const unit = await newUnit();
      const { founder, founded, second, all, circle } = unit;
      const [made, goesOn] = [await unit.begin(), await unit.begin(circle)];
      const unnamed = makeContentKey(made.stream, founder.key.author);
      const { sealingKey } = await deviceOf(second, newMember());
      const forDevice = await boxToPublicKey(made.key, { device: second.key.author }, await encapsulateTo(sealingKey));
      const more = await unit.write(made, [
        await boxForGeneration(unnamed, all.generation),
        await boxForGeneration(made.key, all.generation),
        await boxForGeneration(made.key, circle.generation),
        forDevice,
      ]);
      const boxes = [await boxForGeneration(made.key, all.generation)];
      const data = { scope: 'unit', device: second.key.author };
      const inRoster = await founder.act(founded.stream, { type: 'scope.granted', data }, boxes);
      const elsewhere = await unit.write(goesOn, boxes);
      await unit.push(more, inRoster, elsewhere);
      expect(await partsIn(unit, made)).toEqual(['++', '+++++']);
      expect(await partsIn(unit, goesOn)).toEqual(['++', '++']);
      await unit.push(await unit.handOver(made));
      expect(await partsIn(unit, made)).toEqual(['+-', '++-+-']);
      expect(await partsIn(unit, goesOn)).toEqual(['++', '+-']);
      const labels = (await served(unit))
        .filter(({ header }) => header.stream === made.stream)
        .map(({ wire }) => wire.boxes.map(({ label }) => label));
      expect(labels).toEqual([made.first, more].map(({ wire }) => wire.boxes.map(({ label }) => label)));
    });

    test('not where it was handed to them again, nor once that was stopped', async () => {
      const unit = await newUnit();
      const { made, act } = await handedOver(unit);
      expect(await partsIn(unit, made)).toEqual(['+-']);
      await unit.push(await unit.stop(act));
      expect(await partsIn(unit, made)).toEqual(['++']);
      const again = await unit.handOver(made);
      await unit.push(again);
      expect(await partsIn(unit, made)).toEqual(['+-']);
      await unit.push(await unit.handOver(made, unit.circle, unit.all, again));
      expect(await partsIn(unit, made)).toEqual(['++']);
    });

    test('not where an act names readers that the stream never had', async () => {
      const unit = await newUnit();
      const { all, circle } = unit;
      const [ours, theirs] = [await unit.begin(), await unit.begin(circle)];
      await unit.push(await unit.handOver(ours, circle, all), await unit.handOver(theirs, all, circle));
      expect([await partsIn(unit, ours), await partsIn(unit, theirs)]).toEqual([['++'], ['++']]);
    });

    test('not where such an act names those for whom there is a box', async () => {
      const unit = await newUnit();
      const { second, all, circle } = unit;
      const made = await unit.begin();
      const { sealingKey } = await deviceOf(second, newMember());
      const forDevice = await boxToPublicKey(made.key, { device: second.key.author }, await encapsulateTo(sealingKey));
      const more = [await boxForGeneration(made.key, circle.generation), forDevice];
      await unit.push(await unit.write(made, more), await unit.handOver(made, circle, all));
      expect(await partsIn(unit, made)).toEqual(['++', '+++']);
      await unit.push(await unit.write(made, more));
    });

    test('nor back to them by an act that names its new readers, and builds upon nothing', async () => {
      const unit = await newUnit();
      const { all, circle } = unit;
      const { made } = await handedOver(unit);
      const box = await boxForGeneration(made.key, circle.generation);
      await unit.push(await unit.write(made, [box]), await unit.handOver(made, circle, all));
      expect(await partsIn(unit, made)).toEqual(['+-', '++']);
      await unit.push(await unit.write(made, [box]));
    });
  });

  part('serves without their bodies the cases that were disposed of:', () => {
    test('from the second signature on, and whole again once that was stopped', async () => {
      const unit = await newUnit();
      const [made, other] = [await unit.begin(), await unit.begin()];
      await unit.push(await unit.write(made));
      const [proposed, seconded] = await unit.dispose([made]);
      await unit.push(proposed);
      expect(await partsIn(unit, made)).toEqual(['++', '+']);
      await unit.push(seconded);
      expect(await partsIn(unit, made)).toEqual(['-+', '-']);
      expect(await partsIn(unit, other)).toEqual(['++']);
      await unit.push(await unit.stop(seconded));
      expect(await partsIn(unit, made)).toEqual(['++', '+']);
    });

    test('by those who read them, not by others', async () => {
      const unit = await newUnit();
      const [ours, theirs] = [await unit.begin(), await unit.begin(unit.circle)];
      const { made } = await handedOver(unit);
      const cases = [ours, theirs, made];
      const parts = () => Promise.all(cases.map((each) => partsIn(unit, each)));
      await unit.push(...(await unit.dispose(cases)));
      expect(await parts()).toEqual([['-+'], ['++'], ['+-']]);
      await unit.push(...(await unit.dispose(cases, [], unit.circle)));
      expect(await parts()).toEqual([['-+'], ['-+'], ['--']]);
    });

    test('also what is written in them afterwards', async () => {
      const unit = await newUnit();
      const made = await unit.begin();
      await unit.push(...(await unit.dispose([made])));
      expect(await partsIn(unit, made)).toEqual(['-+']);
      await unit.push(await unit.write(made));
      expect(await partsIn(unit, made)).toEqual(['-+', '-']);
    });

    test('also one that the log has only afterwards', async () => {
      const unit = await newUnit();
      const { founder } = unit;
      const stream = newStream();
      const key = makeContentKey(stream, founder.key.author);
      await unit.push(...(await unit.dispose([{ stream }])));
      expect(await partsIn(unit, { stream })).toEqual([]);
      await unit.push(await unit.write({ stream, key }, [await boxForGeneration(key, unit.all.generation)]));
      expect(await partsIn(unit, { stream })).toEqual(['-+']);
    });
  });

  part('takes into a stream that was handed to others', () => {
    test('no box for its former readers, wherever it stands, and nothing that was sent with it', async () => {
      const unit = await newUnit();
      const { founder, all, circle } = unit;
      const { made, act, goesOn } = await handedOver(unit);
      const former = await boxForGeneration(makeContentKey(made.stream, founder.key.author), all.generation);
      const { tip } = founder;
      const before = await endOf(unit);
      for (const stands of [made, goesOn]) {
        founder.tip = tip;
        const [good, refused] = [await unit.write(goesOn), await unit.write(stands, [former])];
        expect(expectProblem(await unit.tryPush(good, refused), 'stream-closed')).toContain(refused.header.id);
        expect(await endOf(unit)).toBe(before);
      }
      founder.tip = tip;
      const boxes = [await boxForGeneration(made.key, circle.generation)];
      await unit.push(await unit.write(made, boxes), await unit.write(made), await unit.write(goesOn, boxes));
      expect(await endOf(unit)).toBe(before + 3);
      await unit.push(await unit.stop(act), await unit.write(made, [former]));
      expect(await partsIn(unit, made)).toEqual(['++', '++', '+', '++']);
    });

    test('no such box in the push that hands it on, and one before that', async () => {
      const unit = await newUnit();
      const { founder, all } = unit;
      const made = await unit.begin();
      const write = async () => unit.write(made, [await boxForGeneration(made.key, all.generation)]);
      const { tip } = founder;
      expectProblem(await unit.tryPush(await unit.handOver(made), await write()), 'stream-closed');
      founder.tip = tip;
      await unit.push(await write(), await unit.handOver(made));
      expect(await partsIn(unit, made)).toEqual(['+-', '+-']);
    });

    test('the roster as of an earlier checkpoint, to other units', async () => {
      const [unit, other] = [await newUnit(), await newUnit()];
      const made = await unit.begin();
      const { end: size } = await unit.client.pull(unit.unit, 0);
      await unit.push(await unit.handOver(made));
      const [then, now] = [await other.client.roster(unit.unit, size), await other.client.roster(unit.unit)];
      expect(now.entries.length).toBe(then.entries.length + 1);
    });

    test('an answer to a transfer, sealed to its readers', async () => {
      const [unit, receiver] = [await newUnit(), await newUnit()];
      const made = await unit.begin();
      const asked = junkTransfer(receiver.unit, receiver.all.generation);
      const transfer = { ...asked, reply: { ...asked.reply, stream: made.stream } };
      const { key } = transfer.reply;
      expect((await postTransfer(speakerOf(unit), transfer)).status).toBe(204);
      const answerWith = (answer: string, sealedTo = key) =>
        postAnswer(speakerOf(receiver), transfer.id, { answer, note: { key: sealedTo, box: 'AA' } });
      expect((await answerWith('acknowledged')).status).toBe(204);
      await unit.push(await unit.handOver(made));
      expect((await answerWith('sentBack')).status).toBe(204);
      const ours = ({ header }: Entry) => header.author === fixture.endpoint.endpointKey;
      const [first, second] = (await served(unit)).filter(ours) as [Entry, Entry];
      // Under a key that was not named: it stays.
      expect((await openSealed(first, unit.all.generation)).data).toMatchObject({ answer: 'acknowledged' });
      expect((await openSealed(second, unit.circle.generation)).data).toMatchObject({ answer: 'sentBack' });
    });

    test('an answer to a transfer where the case goes on, once it is sealed to the key that takes the place of the other', async () => {
      const [unit, receiver] = [await newUnit(), await newUnit()];
      const made = await unit.begin();
      const asked = junkTransfer(receiver.unit, receiver.all.generation);
      const { key } = asked.reply;
      const transfer = { ...asked, reply: { stream: made.stream, key } };
      expect((await postTransfer(speakerOf(unit), transfer)).status).toBe(204);
      const next = { stream: v4() as StreamId, ...(await generateSealingKey()) };
      const { publicKey, stream } = next;
      await unit.push(await unit.handOver(made, unit.all, unit.circle, null, [{ key, publicKey, stream }]));
      const answerWith = (sealedTo: Digest) =>
        postAnswer(speakerOf(receiver), asked.id, { answer: 'sentBack', note: { key: sealedTo, box: 'AA' } });
      for (const wrong of [key, sealingKeyIdOf('another')])
        expectProblem(await answerWith(wrong), 'reply-key-replaced');
      expect((await answerWith(sealingKeyIdOf(publicKey))).status).toBe(204);
      const carried = (await served(unit)).filter(({ header }) => header.author === fixture.endpoint.endpointKey);
      expect(carried.map(({ header }) => header.stream)).toEqual([stream]);
      // For those to whom it was handed, though that stream has no entry yet.
      expect((await openSealed(carried[0] as Entry, unit.circle.generation)).data).toMatchObject({
        answer: 'sentBack',
      });
    });
  });

  part('destroys when the time of grace is over', () => {
    /** PGlite takes seconds to start: what starts it again is tried there in long runs, and on PostgreSQL always. */
    const withRestarts = (name: string, task: () => Promise<void>, timeout?: number): void => {
      if (!embedded || isLong) test(name, task, timeout);
    };

    withRestarts('boxes that a second member confirmed, and no others', async () => {
      const unit = await newUnit();
      const begun = now;
      const [early, unconfirmed, stopped] = [await handedOver(unit), await handedOver(unit), await handedOver(unit)];
      await unit.push(await unit.confirm(early.act), await unit.confirm(stopped.act));
      now += 1;
      const late = await handedOver(unit);
      await unit.push(await unit.confirm(late.act));
      const before = await rowsOf(unit);
      const inRows = (rows: readonly Row[]) =>
        [early, unconfirmed, stopped, late].map(({ made }) => partsOfRows(rows, made));

      await startAt(begun + grace - 1);
      expect(await rowsOf(unit)).toEqual(before);
      await unit.push(await unit.stop(stopped.act));
      await startAt(begun + grace);
      expect(inRows(await rowsOf(unit))).toEqual([['+-'], ['++'], ['++'], ['++']]);
      await startAt(begun + grace + 1);
      const after = await rowsOf(unit);
      expect(inRows(after)).toEqual([['+-'], ['++'], ['++'], ['+-']]);
      const sealedIn = ({ made }: typeof early) => {
        const [box] = made.first.wire.boxes;
        if (!box || isWithdrawn(box)) throw new Error('no box');
        return box.sealed;
      };
      const areAllIn = (rows: readonly Row[]) => [early, unconfirmed, late].map((each) => areIn(rows, sealedIn(each)));
      expect([areAllIn(before), areAllIn(after)]).toEqual([
        [true, true, true],
        [false, true, false],
      ]);

      // Of what is served nothing changed by it, and the log goes on.
      expect(await partsIn(unit, early.made)).toEqual(['+-']);
      expect(await partsIn(unit, stopped.made)).toEqual(['++']);
      const { log } = await logOf(unit);
      await startAt(now + grace);
      expect(await rowsOf(unit)).toEqual(after);
      expect((await logOf(unit)).log).toEqual(log);
      await unit.push(await unit.write(early.goesOn));
      expect((await served(unit)).length).toBe(after.length + 1);
    });

    withRestarts('boxes that are confirmed later than that, as soon as they are', async () => {
      const unit = await newUnit();
      const { made, act } = await handedOver(unit);
      await startAt(now + 2 * grace);
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['++']);
      await unit.push(await unit.confirm(act));
      await startAt(now);
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['+-']);
    });

    withRestarts('bodies and the blobs that were named with them, and what is written late', async () => {
      const unit = await newUnit();
      const [named, kept] = [await newBlob(), await newBlob()];
      for (const blob of [named, kept]) await unit.client.putBlob(unit.unit, ...blob);
      const [made, other, stopped] = [await unit.begin(), await unit.begin(), await unit.begin()];
      const ended = await unit.dispose([stopped], [kept[0]]);
      await unit.push(...ended, await unit.stop(ended[1]));
      const [proposed, seconded] = await unit.dispose([made], [named[0]]);
      await unit.push(proposed);
      now += hour;
      const begun = now;
      // Of two signatures the second counts.
      await unit.push(seconded);
      const { root, size } = (await logOf(unit)).log;

      await startAt(begun + grace - 1);
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['++']);
      expect(await isGone(unit, named[0])).toBe(false);
      await startAt(begun + grace);
      const rows = await rowsOf(unit);
      expect([made, other, stopped].map((each) => partsOfRows(rows, each))).toEqual([['-+'], ['++'], ['++']]);
      expect(areIn(rows, made.first.wire.body as Bytes)).toBe(false);
      expectProblem(await getBlob(unit, named[0]), 'blob-unknown');
      expect((await getBlob(unit, kept[0])).bytes).toEqual(kept[1]);
      expect(await partsIn(unit, made)).toEqual(['-+']);
      expect((await logOf(unit)).log).toMatchObject({ root, size });
      // Sent again it does not come back.
      await unit.push(made.first);
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['-+']);

      await unit.push(await unit.write(made));
      expect(await partsIn(unit, made)).toEqual(['-+', '-']);
      expect(partsOfRows(await rowsOf(unit), made)[0]).toBe('-+');
      await startAt(now);
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['-+', '-']);
    });

    withRestarts('all there is, of a log that takes it several steps', async () => {
      const unit = await newUnit();
      const [made, handed] = [await unit.begin(), await handedOver(unit)];
      const box = await boxForGeneration(makeContentKey(made.stream, unit.founder.key.author), unit.all.generation);
      for (let pushes = 0; pushes < 3; pushes += 1) {
        const entries: Entry[] = [];
        while (entries.length < 150) entries.push(await unit.write(made, [box]));
        await unit.push(...entries);
      }
      await unit.push(await unit.confirm(handed.act), ...(await unit.dispose([made])));
      await startAt(now + grace);
      const rows = await rowsOf(unit);
      expect(new Set(partsOfRows(rows, made))).toEqual(new Set(['-+']));
      expect(partsOfRows(rows, made)).toHaveLength(451);
      expect(partsOfRows(rows, handed.made)).toEqual(['+-']);
      expect(await served(unit)).toHaveLength(rows.length);
    });

    withRestarts('while it goes on running: what is written late, an hour later', async () => {
      const unit = await newUnit();
      const made = await unit.begin();
      await unit.push(...(await unit.dispose([made])));
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      await startAt(now + grace);
      await unit.push(await unit.write(made));
      const blob = await newBlob();
      await last.client.putBlob(last.unit, ...blob);
      await last.push(...(await last.dispose([await last.begin()], [blob[0]])));
      now += grace;
      expect(await isGone(last, blob[0])).toBe(false);
      vi.advanceTimersByTime(hour);
      await expect.poll(() => isGone(last, blob[0]), patient).toBe(true);
      vi.useRealTimers();
      expect(partsOfRows(await rowsOf(unit), made)).toEqual(['-+', '-']);
    });

    test('what it could not commit, when it tries again', async () => {
      const unit = await newUnit();
      const made = await unit.begin();
      const blob = await newBlob();
      await unit.client.putBlob(unit.unit, ...blob);
      await unit.push(...(await unit.dispose([made], [blob[0]])));
      now += grace;
      await fixture.whileStopped(async (sql) => {
        const storage = await sqlStorage(sql);
        let fails = true;
        const withUnit: Storage['withUnit'] = (id, task) =>
          storage.withUnit(id, async (locked) => {
            const done = await task(locked);
            if (fails) throw new Error('cut');
            return done;
          });
        const destruction = await destructionIn(unit.unit, fixture, { ...storage, withUnit }, () => now);
        await destruction.run().catch(() => undefined);
        fails = false;
        await destruction.run();
        const { entries } = await storage.page(unit.unit, { after: 4, limit: 1, mostBytes: 1_000 });
        expect(entries.map(({ wire }) => partsOf(wire))).toEqual(['-+']);
        expect(await storage.blob(unit.unit, blob[0])).toBeNull();
      });
    });

    test('a blob that is brought again, an hour later', async () => {
      const unit = await newUnit();
      const blob = await newBlob();
      await unit.client.putBlob(unit.unit, ...blob);
      await unit.push(...(await unit.dispose([await unit.begin()], [blob[0]])));
      now += grace;
      await fixture.whileStopped(async (sql) => {
        const storage = await sqlStorage(sql);
        const destruction = await destructionIn(unit.unit, fixture, storage, () => now);
        await destruction.run();
        expect(await storage.blob(unit.unit, blob[0])).toBeNull();
        await storage.putBlob(unit.unit, ...blob);
        await destruction.run();
        expect(await storage.blob(unit.unit, blob[0])).toBeNull();
      });
    });

    withRestarts(
      'what is due in one unit, though the log of another is not the one that its checkpoint covers',
      async () => {
        const [damaged, unit] = [await newUnit(`aaa-${v4().replace(/[\d-]/g, 'x')}`), await newUnit()];
        const made = await unit.begin();
        await unit.push(...(await unit.dispose([made])));
        now += grace;
        const change = (sql: Sql) => sql.query('UPDATE tiles SET level = 8 - level WHERE unit = $1', [damaged.unit]);
        await fixture.whileStopped(change);
        try {
          await startAt(now);
          expect(partsOfRows(await rowsOf(unit), made)).toEqual(['-+']);
        } finally {
          await fixture.whileStopped(change);
        }
      },
    );
  });

  part('serves nothing that was withdrawn', () => {
    /** A case that was handed on, and one that was disposed of. */
    async function withdrawn(unit: StaffedUnit) {
      const [{ made: handed }, disposed] = [await handedOver(unit), await unit.begin()];
      await unit.push(...(await unit.dispose([disposed])));
      return { handed, disposed };
    }
    const expectWithout = async (unit: At, { handed, disposed }: Awaited<ReturnType<typeof withdrawn>>) => {
      expect([await partsIn(unit, handed), await partsIn(unit, disposed)]).toEqual([['+-'], ['-+']]);
    };

    test('when it has just started', async () => {
      const unit = await newUnit();
      const cases = await withdrawn(unit);
      await fixture.restart();
      await expectWithout(unit, cases);
    });

    test('from a database that was restored', async () => {
      const unit = await newUnit();
      const cases = await withdrawn(unit);
      const dataDir = await temporaryFolder();
      const databaseUrl = await fixture.copyTo(dataDir);
      const restored = await startEndpoint({ dataDir, databaseUrl, demo: true, now: () => now });
      try {
        const client = new EndpointClient(restored.url, unit.client.device, () => now);
        await expectWithout({ unit: unit.unit, client }, cases);
      } finally {
        await restored.close();
      }
    });

    test('from one that was set back, which appends nothing', async () => {
      const unit = await newUnit();
      const cases = await withdrawn(unit);
      const kept = await endOf(unit);
      const { tip } = unit.founder;
      await unit.push(await unit.write(cases.disposed));
      const lost = (await logOf(unit)).log.checkpoint;
      await fixture.whileStopped(async (sql) => {
        await sql.query('DELETE FROM entries WHERE unit = $1 AND position > $2', [unit.unit, kept]);
        await sql.query('DELETE FROM checkpoints WHERE unit = $1 AND size > $2', [unit.unit, kept]);
      });
      const query = new URLSearchParams(Object.entries(lost).map(([name, value]) => [name, String(value)]));
      const shown = await unit.client.send('GET', `/v1/units/${unit.unit}/entries?after=${lost.size}&${query}`);
      expectProblem(shown, 'endpoint-set-back');
      await expectWithout(unit, cases);
      unit.founder.tip = tip;
      expectProblem(await unit.tryPush(await unit.write(cases.disposed)), 'endpoint-set-back');
      await expectWithout(unit, cases);
    });
  });

  // All of them on a server; on the embedded database, which takes several times as long, one that the seed draws.
  for (const [name, tests] of embedded ? drawn(parts, 1) : parts) describe(name, tests);
});
