import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlStorage } from '#endpoint/storage/open-storage.ts';
import { fromCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import type { DeviceKeys } from '#shared/domain/unit/roster.ts';
import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { hashEntry, verifyEntry } from '#shared/log/entry.ts';
import { isWithdrawn, type WholeBox, type WireBox } from '#shared/log/wire-box.ts';
import { drawn } from '../support/effort.ts';
import { type MadeCase, StaffedUnit } from '../support/endpoint-cases.ts';
import { destructionIn } from '../support/endpoint-destruction.ts';
import { databases, type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { Author, deviceOf, newMember, pullAll } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';

/* What the endpoint does with boxes for the devices of members who are given one case. */

describe.each(drawn(databases, 1))('an endpoint on %s', (_, embedded) => {
  let now = Date.now();
  let fixture: EndpointFixture;
  beforeAll(async () => {
    fixture = await startTestEndpoint({ embedded, now: () => now });
  }, 60_000);
  afterAll(() => fixture.close());

  /** A unit, and a member of it who is of no scope. */
  async function world() {
    const unit = await StaffedUnit.of(await fixture.newFoundedUnit());
    const [author, member] = [await Author.of(unit.unit), newMember()];
    const device = await deviceOf(author, member);
    const admitted = await act(unit, 'member.admitted', { member, role: 'reviewer', device });
    await unit.push(admitted, await second(unit, hashEntry(admitted)));
    return { unit, member, device };
  }
  const act = (unit: StaffedUnit, type: string, data: object) => unit.founder.act(unit.founded.stream, { type, data });
  const second = ({ second: author, founded }: StaffedUnit, entry: string) =>
    author.act(founded.stream, { type: 'act.seconded', data: { entry } });

  const boxFor = async (key: ContentKey, { author, sealingKey }: DeviceKeys): Promise<WholeBox> =>
    boxToPublicKey(key, { device: author }, await encapsulateTo(sealingKey));

  /** For each entry of a stream, `+` for each box that is served, and `-` for one that is not. */
  async function servedIn({ unit, client }: StaffedUnit, { stream }: Pick<MadeCase, 'stream'>) {
    const { entries } = await pullAll(client, unit, fixture.endpoint);
    for (const { entry } of entries) expect(await verifyEntry(entry)).toMatchObject({ ok: true });
    return entries.filter(({ entry }) => entry.header.stream === stream).map(({ entry }) => signs(entry.wire.boxes));
  }
  const signs = (boxes: readonly WireBox[]) => boxes.map((box) => (isWithdrawn(box) ? '-' : '+')).join('');

  /** A case of the unit that goes on with the circle, and is given to the device: each key of both is boxed to it. */
  async function given() {
    const { unit, member, device } = await world();
    const [before, now] = [await unit.begin(), await unit.begin(unit.circle)];
    const boxes = [await boxFor(before.key, device), await boxFor(now.key, device)];
    await unit.push(await unit.handOver(before), await unit.write(now, boxes));
    return { unit, member, device, before, now };
  }
  const cutOff = async ({ unit, now: { stream, key } }: Awaited<ReturnType<typeof given>>) => {
    const { scope } = unit.circle;
    const data = { stream, from: scope, to: scope, after: null, keys: [key.id], replies: [] };
    const made = await act(unit, 'boxes.withdrawn', data);
    await unit.push(made);
    return made;
  };

  test('serves them, also of a stream that was closed before, and takes more of it', async () => {
    const { unit, device, before, now: goesOn } = await given();
    expect(await servedIn(unit, goesOn)).toEqual(['+', '++']);
    const further = makeContentKey(before.stream, unit.founder.key.author);
    await unit.push(await unit.write(goesOn, [await boxFor(further, device)]));
    expect(await servedIn(unit, goesOn)).toEqual(['+', '++', '+']);
  });

  test('serves them no more once the stream goes on without them, whichever key they are of; those of its scope it does', async () => {
    const world = await given();
    const { unit, device, now: goesOn } = world;
    // Of a key that nobody names.
    const unnamed = makeContentKey(goesOn.stream, unit.founder.key.author);
    const boxes = [await boxForGeneration(unnamed, unit.circle.generation), await boxFor(unnamed, device)];
    await unit.push(await unit.write(goesOn, boxes));
    const made = await cutOff(world);
    expect(await servedIn(unit, goesOn)).toEqual(['+', '--', '+-']);
    await unit.push(await unit.stop(made));
    expect(await servedIn(unit, goesOn)).toEqual(['+', '++', '++']);
  });

  test('takes none into a stream that goes on without them, and one for its scope', async () => {
    const world = await given();
    const { unit, device, now: goesOn } = world;
    await cutOff(world);
    const open = await unit.begin();
    const { tip } = unit.founder;
    // Whosesoever key it is.
    for (const { key } of [goesOn, open]) {
      expectProblem(await unit.tryPush(await unit.write(goesOn, [await boxFor(key, device)])), 'stream-closed');
      unit.founder.tip = tip;
    }
    const late = makeContentKey(goesOn.stream, unit.founder.key.author);
    await unit.push(await unit.write(goesOn, [await boxForGeneration(late, unit.circle.generation)]));
    // Nor into the one before that, which was closed when the case came to the circle.
    const before = await unit.write(world.before, [await boxFor(world.before.key, device)]);
    expectProblem(await unit.tryPush(before), 'stream-closed');
  });

  test('takes and serves them beside the stream in which it goes on, for those who stay', async () => {
    const world = await given();
    const { unit, device, before, now: closed } = world;
    await cutOff(world);
    const goesOn = await unit.begin(unit.circle);
    const boxes = await Promise.all([before, closed, goesOn].map(({ key }) => boxFor(key, device)));
    await unit.push(await unit.write(goesOn, boxes));
    expect(await servedIn(unit, goesOn)).toEqual(['+', '+++']);
  });

  test('serves none to a device that has ended, or whose member has', async () => {
    for (const whose of ['member', 'device'] as const) {
      const { unit, member, device, now: goesOn } = await given();
      const data = whose === 'member' ? { member } : { device: device.author };
      const suspended = await act(unit, 'membership.suspended', data);
      await unit.push(suspended);
      expect(await servedIn(unit, goesOn)).toEqual(['+', '++']);
      const ended = await act(unit, 'membership.ended', data);
      await unit.push(ended);
      expect(await servedIn(unit, goesOn)).toEqual(['+', '++']);
      await unit.push(await second(unit, hashEntry(ended)));
      expect(await servedIn(unit, goesOn)).toEqual(['+', '--']);
      // What comes for it later is taken, and served no more than that.
      await unit.push(await unit.write(goesOn, [await boxFor(goesOn.key, device)]));
      expect(await servedIn(unit, goesOn)).toEqual(['+', '--', '-']);
    }
  });

  test('serves none to an ended device where no act has ever withdrawn anything', async () => {
    const { unit, member, device } = await world();
    const made = await unit.begin();
    await unit.push(await unit.write(made, [await boxFor(made.key, device)]));
    const ended = await act(unit, 'membership.ended', { member });
    await unit.push(ended, await second(unit, hashEntry(ended)));
    expect(await servedIn(unit, made)).toEqual(['+', '-']);
  });

  test('destroys those that were withdrawn, after their time and once it was confirmed, and not those of an ended device', async () => {
    const world = await given();
    const { unit, member, before, now: goesOn } = world;
    const other = await unit.begin(unit.circle);
    await unit.push(await unit.write(other, [await boxFor(other.key, world.device)]));
    const made = await cutOff(world);
    const ended = await act(unit, 'membership.ended', { member });
    await unit.push(ended, await second(unit, hashEntry(ended)));
    now += grace;
    const stored = () =>
      fixture.whileStopped(async (sql) => {
        await (await destructionIn(unit.unit, fixture, await sqlStorage(sql), () => now)).run();
        const rows = await sql.query<{ stream: string; boxes: Bytes }>(
          'SELECT stream, boxes FROM entries WHERE unit = $1 ORDER BY position',
          [unit.unit],
        );
        const of = ({ stream }: MadeCase) =>
          rows.filter((row) => row.stream === stream).map(({ boxes }) => signs(fromCbor(boxes) as WireBox[]));
        return { before: of(before), goesOn: of(goesOn), other: of(other) };
      });
    expect(await stored()).toEqual({ before: ['+'], goesOn: ['+', '++'], other: ['+', '+'] });
    await unit.push(await unit.confirm(made));
    expect(await stored()).toEqual({ before: ['+'], goesOn: ['+', '--'], other: ['+', '+'] });
  });
});
