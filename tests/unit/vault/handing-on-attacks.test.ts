import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { program } from '#renderer/vault/program.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { currentGeneration, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, ContentKeyId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry } from '#shared/log/entry.ts';
import type { Generation } from '#shared/log/generation.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { newEvent, placeIn, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { inventUnit, type MemoryUnit, passphraseOf, slotOf } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  codesOf,
  end,
  faultsOf,
  generationOf,
  handOn,
  handOver,
  holderOf,
  morgan,
  openScope,
  opens,
  type Station,
  secretsOf,
  signingKeyOf,
  stateOf,
  stationOf,
  synced,
  take,
  totalOf,
  tryToTake,
  unitWithCircle,
  why,
} from '#tests/support/rotating-unit.ts';
import { startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* What programs of their own, and bad luck, do to a case that is handed on: found by somebody who did not build it. */

const at = new Date().toISOString();
const firstKeyOf = ({ endpoint }: MemoryUnit, stream: StreamId) =>
  endpoint.log.flatMap(({ entry }) => (entry.header.stream === stream ? [entry.header.key] : []))[0] as ContentKeyId;
const write = async (unit: MemoryUnit, name: string, generation: Generation, stream: StreamId, event: DomainEvent) =>
  unit.endpoint.inject(
    await sealedAsMember(unit.endpoint, generation, newEvent(event), await signingKeyOf(unit, name), { stream }),
  );
const lastAct = ({ endpoint }: MemoryUnit) => (endpoint.roster() as Roster).withdrawals.at(-1);
const stop = (unit: MemoryUnit, name: string, entry: string) =>
  act(unit, name, { type: 'withdrawal.stopped', at, data: { withdrawal: entry as never } });
const later = (station: Station, name: string) => updated(station, name, program.foldVersion + 1);
async function updated(station: Station, name: string, foldVersion: number): Promise<Station> {
  station.kill();
  const { vault, kill } = startProcessOn(station.store, station.host, { ...program, foldVersion });
  await unlocked(vault, await slotOf(vault, name), passphraseOf(name));
  return { ...station, vault, kill };
}
/** Two entries of Ben, with 300 keys boxed beside them. */
async function writeUnderMany(unit: MemoryUnit, stream: StreamId, generation: Generation): Promise<void> {
  const signing = await signingKeyOf(unit, ben);
  for (const type of ['case.taken', 'case.released'] as const) {
    const keys = Array.from({ length: 150 }, () => makeContentKey(stream, signing.author));
    const [key] = keys as [ContentKey];
    const boxes = await Promise.all(keys.map((each) => boxForGeneration(each, generation)));
    const place = placeIn(unit.endpoint, signing.author, { stream });
    const event = newEvent({ type, at, data: {} });
    await unit.endpoint.inject(await createEntry({ place, event, key, boxes }, signing));
  }
}
const within = <T>(milliseconds: number, task: Promise<T>): Promise<T | 'hangs'> =>
  Promise.race([task, new Promise<'hangs'>((resolve) => setTimeout(() => resolve('hangs'), milliseconds))]);

test('a case.continued that names its own stream does not stop a workstation that folds the case again', {
  timeout: 60_000,
}, async () => {
  const { unit, id } = await unitWithCircle();
  await write(unit, ben, await generationOf(unit, ben), id, {
    type: 'case.continued',
    at,
    data: { stream: id, why, replies: [] },
  });
  const here = await stationOf(unit, morgan);
  await synced(here);
  expect(await opens(here, id)).toBe(true);
  const again = await later(here, morgan);
  const opened = await within(8_000, again.vault.call('case.open', { id }));
  again.kill();
  expect(opened).not.toBe('hangs');
});

test('two streams that continue each other again and again do not take exponential time', {
  timeout: 90_000,
}, async () => {
  const { unit, id, beside } = await unitWithCircle();
  const generation = await generationOf(unit, ben);
  for (let n = 0; n < 12; n += 1) {
    await write(unit, ben, generation, id, { type: 'case.continued', at, data: { stream: beside, why, replies: [] } });
    await write(unit, ben, generation, beside, { type: 'case.continued', at, data: { stream: id, why, replies: [] } });
  }
  const here = await stationOf(unit, morgan);
  await synced(here);
  const again = await later(here, morgan);
  const opened = await within(20_000, again.vault.call('case.open', { id: beside }));
  again.kill();
  expect(opened).not.toBe('hangs');
});

test('a bogus act first, then the hand-on is on screen before it was sent', async () => {
  const { unit, circle, id } = await unitWithCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  const here = await stationOf(unit, morgan);
  const data = {
    stream: id,
    from: circle as Scope,
    to: 'command' as Scope,
    after: null,
    keys: [firstKeyOf(unit, id)],
    replies: [],
  };
  await act(unit, asha, { type: 'boxes.withdrawn', at, data });
  await synced(here);
  here.host.goOffline();
  const next = await handOn(here, id, circle);
  expect(await opens(here, next)).toBe(true);
});

test('given back to the unit: a restart of one who was cut off meanwhile finds no damage', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const each of [here, out]) await synced(each);
  const restricted = await handOn(here, id, circle);
  for (const each of [here, out]) await synced(each);
  const back = await handOn(here, restricted, 'unit');
  for (const each of [here, out]) await synced(each);
  const again = await handOver(unit, out, ben);
  expect(await stateOf(again, back)).toEqual(await stateOf(here, back));
  expect(await codesOf(again)).toEqual([]);
});

test('who was cut off has no count of what a newer Probity wrote there', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  await unit.endpoint.inject(
    await sealedAsMember(
      unit.endpoint,
      await generationOf(unit, asha),
      { ...newEvent({ type: 'case.taken', at, data: {} }), type: 'case.dreamt' } as never,
      await signingKeyOf(unit, asha),
      { stream: id },
    ),
  );
  for (const each of [here, out]) await synced(each);
  expect(await codesOf(out)).toContain('entries-newer');
  await handOn(here, id, circle);
  for (const each of [here, out]) await synced(each);
  expect(await codesOf(out)).toEqual([]);
  const fresh = await stationOf(unit, ben);
  await synced(fresh);
  expect(await faultsOf(fresh)).toEqual([]);
});

test('more than 255 keys of one member do not keep a case from being restricted', { timeout: 60_000 }, async () => {
  const { unit, circle, id } = await unitWithCircle();
  const generation = await generationOf(unit, ben);
  await writeUnderMany(unit, id, generation);
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const each of [here, out]) await synced(each);
  await handOn(here, id, circle);
  await synced(here);
  await synced(out);
  expect(await opens(out, id)).toBe(false);
  expect(await faultsOf(here)).toEqual([]);
});

test('it ends, where one member used up how often keys may be named', { timeout: 60_000 }, async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const each of [here, out]) await synced(each);
  const unitKey = await generationOf(unit, ben);
  await handOn(here, id, circle);
  await synced(here);
  const withdrawal = lastAct(unit)?.entry as never;
  const { author } = await signingKeyOf(unit, asha);
  for (let n = 0; n < 63; n += 1) {
    const { id: key } = makeContentKey(id, author);
    await act(unit, asha, { type: 'withdrawal.extended', at, data: { withdrawal, keys: [key] } });
  }
  await write(unit, ben, unitKey, id, { type: 'case.taken', at, data: {} });
  await synced(here);
  const length = unit.endpoint.log.length;
  for (let n = 0; n < 20; n += 1) await synced(here);
  // What is owed may be written once.
  expect(unit.endpoint.log.length - length).toBeLessThan(4);
});

test('a second successor made by a reader: the old name leads to the same everywhere', {
  timeout: 60_000,
}, async () => {
  const { unit, circle, key, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await handOn(here, id, circle);
  await synced(here);
  const forged = v4() as StreamId;
  await write(unit, asha, key, forged, { type: 'case.continued', at, data: { stream: id, why, replies: [] } });
  await synced(here);
  const live = (await stateOf(here, id)).id;
  const found = new Set<string>();
  let station = here;
  for (let n = 0; n < 8; n += 1) {
    await station.store.commit([{ table: 'summaries', remove: await station.store.keys('summaries') }]);
    station = await handOver(unit, station, morgan);
    found.add((await stateOf(station, id)).id);
  }
  expect([...found]).toEqual([live]);
});

test('a second case.continued in a successor, after a stop, leaves replicas the same', async () => {
  const { unit, circle, key, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  await stop(unit, morgan, lastAct(unit)?.entry as string);
  await synced(here);
  await write(unit, ben, await generationOf(unit, ben), id, { type: 'case.taken', at, data: {} });
  await write(unit, asha, key, next, { type: 'case.continued', at, data: { stream: id, why, replies: [] } });
  await synced(here);
  const live = await stateOf(here, next);
  await here.store.commit([{ table: 'cases', remove: await here.store.keys('cases') }]);
  const again = await handOver(unit, here, morgan);
  expect(await stateOf(again, next)).toEqual(live);
});

test('a draft is found by the name that its case has now, also before the cases are loaded', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await here.vault.call('draft.save', { id, form: 'risk', value: 'mine' });
  const next = await handOn(here, id, circle);
  await synced(here);
  expect(await here.vault.call('draft.load', { id: next })).toMatchObject({ risk: { value: 'mine' } });
  const again = await handOver(unit, here, morgan);
  const early = await again.vault.call('draft.load', { id: next });
  await totalOf(again);
  const once = await again.vault.call('draft.load', { id: next });
  expect(once).toMatchObject({ risk: { value: 'mine' } });
  expect(early).toEqual(once);
});

test('one member cannot stop the others at once: a late key and a case.continued that names itself', {
  timeout: 60_000,
}, async () => {
  const { unit, id } = await unitWithCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  const there = await stationOf(unit, asha);
  await synced(there);
  const unitKey = await generationOf(unit, ben);
  const signing = await signingKeyOf(unit, ben);
  await write(unit, ben, unitKey, id, { type: 'case.continued', at, data: { stream: id, why, replies: [] } });
  const command = currentGeneration(unit.endpoint.roster(), 'command');
  if (!command) throw new Error('no command');
  const key = makeContentKey(id, signing.author);
  const toCommand = await boxToPublicKey(key, { generation: command.id }, await encapsulateTo(command.publicKey));
  const put = async (boxes: WholeBox[], type: 'case.taken' | 'case.released') => {
    const place = placeIn(unit.endpoint, signing.author, { stream: id });
    await unit.endpoint.inject(
      await createEntry({ place, event: newEvent({ type, at, data: {} }), key, boxes }, signing),
    );
  };
  await put([toCommand], 'case.taken');
  await synced(there);
  await put([await boxForGeneration(key, unitKey)], 'case.released');
  const ended = await within(8_000, there.vault.call('sync.now', {}));
  const saved = await within(3_000, tryToTake(there, id));
  there.kill();
  expect([ended, saved]).not.toContain('hangs');
});

test('a name of a key that does not exist does not keep what was withdrawn from being destroyed', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const each of [here, there]) await synced(each);
  await handOn(here, id, circle);
  await synced(here);
  const { author } = await signingKeyOf(unit, asha);
  const withdrawal = lastAct(unit)?.entry as never;
  const keys = [makeContentKey(id, author).id];
  await act(unit, asha, { type: 'withdrawal.extended', at, data: { withdrawal, keys } });
  for (let n = 0; n < 4; n += 1) for (const each of [here, there]) await synced(each);
  const { member } = await secretsOf(unit, asha);
  expect(lastAct(unit)).toMatchObject({ kind: 'boxes', named: [{ confirmedBy: member.id }, { confirmedBy: null }] });
});

test('300 keys that whoever closed the stream did not know do not stop what follows an exchange', {
  timeout: 60_000,
}, async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const each of [here, there, out]) await synced(each);
  const generation = await generationOf(unit, ben);
  here.host.goOffline();
  await handOn(here, id, circle);
  await writeUnderMany(unit, id, generation);
  here.host.goOnline();
  for (let n = 0; n < 3; n += 1) await here.vault.call('sync.now', {});
  for (let n = 0; n < 3; n += 1) await there.vault.call('sync.now', {});
  const troubles = [(await statusOf(here.vault)).trouble, (await statusOf(there.vault)).trouble];
  expect(troubles).toEqual([null, null]);
});

test('whoever handed a case to those who command, and does not read it any more, has no row of it before it is confirmed', async () => {
  const { unit, id } = await unitWithCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  const there = await stationOf(unit, asha);
  await synced(there);
  there.host.goOffline();
  const next = await handOn(there, id, 'command');
  there.host.goOnline();
  await synced(there);
  await synced(there);
  expect(await opens(there, next)).toBe(false);
  expect(await opens(there, id)).toBe(false);
});

test('a second stream that says it goes on from the same one changes nothing of where an old name leads, also after a restart', async () => {
  const { unit, circle, key, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  // Of several, some come before it by their ids.
  for (let count = 0; count < 5; count += 1) {
    await write(unit, asha, key, v4() as StreamId, {
      type: 'case.continued',
      at,
      data: { stream: id, why, replies: [] },
    });
  }
  await synced(here);
  const again = await handOver(unit, here, morgan);
  expect([await stateOf(here, id), await stateOf(again, id)].map((state) => state.id)).toEqual([next, next]);
});

test('an act of one who reads neither does not hide what waits in a case of those who command', async () => {
  const { unit, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(here);
  const next = await handOn(here, id, 'command');
  await synced(here);
  // The id of the stream stands in the clear.
  const keys = [firstKeyOf(unit, next)];
  const data = { stream: next, from: 'unit', to: 'command', after: null, keys, replies: [] as never[] } as const;
  await act(unit, ben, { type: 'boxes.withdrawn', at, data });
  await synced(here);
  here.host.goOffline();
  await take(here, next);
  expect(await holderOf(here, next)).not.toBeNull();
});

/** What came after an act on the roster is cut off, as if its author’s push had been split there. @returns what was cut off */
function cutAfterAct({ endpoint }: MemoryUnit, since: number): readonly Entry[] {
  const { stream } = endpoint.roster() as Roster;
  const at = endpoint.log.findIndex(({ entry }, index) => index >= since && entry.header.stream === stream);
  const rest = endpoint.log.slice(at + 1).map(({ entry }) => entry);
  endpoint.setBack(at + 1);
  return rest;
}
const exchange = async ({ vault }: Station, times: number) => {
  for (let n = 0; n < times; n += 1) await vault.call('sync.now', {});
};

test('a case whose author was shut out before they went on with it is gone on with by another of its readers', async () => {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const { member, author } = await secretsOf(unit, ben);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha, ben]);
  const id = unit.arrived[0]?.id as StreamId;
  const [out, other] = [await stationOf(unit, ben), await stationOf(unit, asha)];
  for (const each of [out, other]) await synced(each);
  const before = unit.endpoint.log.length;
  await handOn(out, id, circle);
  await synced(out);
  const rest = cutAfterAct(unit, before);
  await end(unit, ben);
  // What Ben’s workstation sends all the same counts for nothing.
  for (const entry of rest) if (entry.header.author === author) await unit.endpoint.inject(entry);
  const here = await stationOf(unit, morgan);
  for (const each of [here, other, here]) await exchange(each, 3);
  const fresh = await stationOf(unit, asha);
  await exchange(fresh, 2);
  for (const station of [here, other, fresh]) {
    expect(await totalOf(station)).toBe(2);
    expect((await stateOf(station, id)).continues).toMatchObject([{ stream: id, why: null }]);
  }
  expect((await stateOf(fresh, id)).id).toBe((await stateOf(here, id)).id);
  expect(await tryToTake(here, id)).toMatchObject({ ok: true });
});

test('a key that one names and does not box is boxed by another who has it', async () => {
  const { unit, id } = await unitWithCircle();
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha, ben]);
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const each of [here, there]) await synced(each);
  here.host.goOffline();
  const next = await handOn(here, id, circle);
  // Under a key of her own, and before the closing.
  await take(there, id);
  await synced(there);
  const taken = unit.endpoint.log.findLast(({ entry }) => entry.header.stream === id)?.entry.header.key as ContentKeyId;
  here.host.goOnline();
  const closed = unit.endpoint.log.length;
  await exchange(here, 1);
  const withdrawal = lastAct(unit)?.entry as never;
  // As it would be, had Ben’s come before what Morgan’s workstation sends next.
  const cut = unit.endpoint.log.findIndex(({ entry }, index) => index >= closed && entry.header.stream === next);
  unit.endpoint.setBack(cut + 1);
  await act(unit, ben, { type: 'withdrawal.extended', at, data: { withdrawal, keys: [taken] } });
  await exchange(there, 3);
  const fresh = await stationOf(unit, asha);
  await exchange(fresh, 3);
  expect(await stateOf(fresh, next)).toEqual(await stateOf(there, next));
});
