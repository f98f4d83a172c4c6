import { expect, test } from 'vitest';
import type { DeviceKeys, Roster } from '#shared/domain/unit/roster.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { newStation } from '#tests/support/recovering-unit.ts';
import {
  act,
  asha,
  ben,
  end,
  faultsOf,
  generationOf,
  handOn,
  handOver,
  holderOf,
  morgan,
  openScope,
  opens,
  release,
  secretsOf,
  stateOf,
  stationOf,
  suspend,
  synced,
  take,
  totalOf,
  tryToTake,
} from '#tests/support/rotating-unit.ts';
import {
  boxesForDevices,
  caseGivenToBen,
  caseOfCircle,
  give,
  idOf,
  idsOf,
  rotateCircle,
  tryToGive,
} from '#tests/support/single-readers.ts';
import { statusOf } from '#tests/support/workstation.ts';

/* A member who is not of a case's scope is given that one case, and reads and writes there. */

const at = new Date().toISOString();

test('reads the whole case from a fresh store, with its past, and no other', async () => {
  const { unit, circle, id, next, beside, here, there, out, bens } = await caseOfCircle();
  const secret = await handOn(here, beside, circle);
  await synced(here);
  for (const station of [there, out]) await synced(station);
  expect(await idsOf(out)).toEqual([]);
  await give(here, next, bens);
  for (const station of [here, out, there]) await synced(station);
  const expected = await stateOf(here, next);
  expect(expected.readers).toMatchObject([{ reader: bens }]);
  expect(expected.activity.map(({ type }) => type)).toEqual([
    'referral.received',
    'case.taken',
    'case.continued',
    'reader.added',
    'keys.boxed',
  ]);
  for (const station of [out, await stationOf(unit, ben)]) {
    await synced(station);
    expect(await idsOf(station)).toEqual([next]);
    expect(await stateOf(station, next)).toEqual(expected);
    expect(await stateOf(station, id)).toEqual(expected);
    expect(await opens(station, secret)).toBe(false);
    expect(await faultsOf(station)).toEqual([]);
    expect(await station.vault.call('log.verify', {})).toEqual([]);
  }
  expect(await stateOf(there, next)).toEqual(expected);
});

test('has the same after a restart, and made anew from what is stored', async () => {
  const { unit, here, out, next } = await caseGivenToBen();
  const expected = await stateOf(here, next);
  const again = await handOver(unit, out, ben);
  expect(await stateOf(again, next)).toEqual(expected);
  await again.store.commit([{ table: 'cases', remove: await again.store.keys('cases') }]);
  const refolded = await handOver(unit, again, ben);
  expect(await stateOf(refolded, next)).toEqual(expected);
  await refolded.store.commit([{ table: 'summaries', remove: await refolded.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, refolded, ben);
  expect(await stateOf(rebuilt, next)).toEqual(expected);
  expect(await totalOf(rebuilt)).toBe(2);
});

test('has it in one commit with the entry that gives it', async () => {
  const { unit, here, out, next, bens } = await caseOfCircle();
  here.host.goOffline();
  const waiting = async () => (await statusOf(here.vault)).waiting;
  const before = await waiting();
  await give(here, next, bens);
  expect(await waiting()).toBe(before + 2);
  const again = await handOver(unit, here, morgan);
  again.host.goOnline();
  const { length } = unit.endpoint.log;
  await again.vault.call('sync.now', {});
  expect(unit.endpoint.log.slice(length).filter(({ entry }) => entry.header.stream === next)).toHaveLength(2);
  await synced(out);
  expect(await opens(out, next)).toBe(true);
});

test('writes there, and all who read it see it, each from a store of their own', async () => {
  const { unit, here, there, out, next } = await caseGivenToBen();
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  await take(out, next);
  for (const station of [out, here, there]) await synced(station);
  const expected = await stateOf(out, next);
  expect(expected.holder).toBe(await idOf(unit, ben));
  for (const station of [here, there, await stationOf(unit, asha), await stationOf(unit, ben)]) {
    await synced(station);
    expect(await stateOf(station, next)).toEqual(expected);
    expect(await faultsOf(station)).toEqual([]);
  }
});

test('writes after a rotation under a key of their own, and opens it again from a fresh store', async () => {
  const { unit, circle, here, there, out, next } = await caseGivenToBen();
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  await unit.syncHere();
  await rotateCircle(unit, circle);
  await synced(out);
  await take(out, next);
  for (const station of [out, here, there]) await synced(station);
  const expected = await stateOf(out, next);
  expect(expected.holder).not.toBeNull();
  expect(expected.unread).toEqual([]);
  for (const station of [here, there, await stationOf(unit, ben)]) {
    await synced(station);
    expect(await stateOf(station, next)).toEqual(expected);
    expect(await faultsOf(station)).toEqual([]);
  }
});

test('reads on after a rotation: the key that the next entry brings is boxed beside it', async () => {
  const { unit, circle, here, out, next } = await caseGivenToBen();
  await unit.syncHere();
  await rotateCircle(unit, circle);
  await synced(here);
  const before = (await boxesForDevices(unit, next)).length;
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  expect(await holderOf(out, next)).toBeNull();
  expect((await stateOf(out, next)).unread).toEqual([]);
  expect((await boxesForDevices(unit, next)).length).toBe(before + 1);
  // It stands beside the entry itself.
  expect((await stateOf(here, next)).activity.at(-1)?.type).toBe('case.released');
});

test('waits for a key that one made who did not know of them, and is boxed it by whoever reads the case', async () => {
  const { unit, circle, here, there, out, next, bens } = await caseOfCircle();
  await release(here, next);
  await synced(here);
  await unit.syncHere();
  await rotateCircle(unit, circle);
  await synced(there);
  there.host.goOffline();
  await take(there, next);
  await synced(here);
  await give(here, next, bens);
  await synced(here);
  there.host.goOnline();
  await synced(there);
  await synced(out);
  const waiting = await stateOf(out, next);
  expect([waiting.unread.length, waiting.holder]).toEqual([1, null]);
  expect(await tryToTake(out, next)).toMatchObject({ ok: true });
  for (const station of [there, out, here]) await synced(station);
  expect(await holderOf(out, next)).toBe(await idOf(unit, asha));
  for (const station of [there, here]) expect(await stateOf(station, next)).toEqual(await stateOf(out, next));
  for (const station of [there, here, out]) expect(await faultsOf(station)).toEqual([]);
});

/** A further device of Ben's, at a workstation of its own. */
async function secondDevice(unit: MemoryUnit) {
  const own = await secretsOf(unit, ben);
  const station = await newStation(unit.endpoint, [own]);
  const [device] = station.devices as [DeviceKeys];
  await act(unit, ben, { type: 'device.bound', at, data: { member: own.member.id, device } });
  return { station, device };
}

test('reads it on a device that they got later, once that was compared with them', async () => {
  const { unit, here, out, next } = await caseGivenToBen();
  const { station, device } = await secondDevice(unit);
  for (const each of [here, out, here, station]) await synced(each);
  expect((await boxesForDevices(unit, next)).some((box) => box.device === device.author)).toBe(false);
  expect(await opens(station, next)).toBe(false);
  const { stream } = unit.endpoint.roster() as Roster;
  const boxes = [await boxGeneration(await generationOf(unit, morgan), stream, device)];
  await act(unit, morgan, { type: 'scope.granted', at, data: { scope: 'unit', device: device.author } }, boxes);
  // Who reads it boxes its keys when they hear of that.
  for (const each of [here, here, out, station]) await synced(each);
  expect(await stateOf(station, next)).toEqual(await stateOf(here, next));
  expect(await totalOf(station)).toBe(2);
  // What it was opened with before it was given any key.
  expect(await faultsOf(station)).toEqual(['not-audited']);
  // Once for each of its keys, and no more.
  const count = unit.endpoint.log.length;
  for (const each of [here, out, station, here]) await synced(each);
  expect(unit.endpoint.log.length).toBe(count);
});

test('a reader whose membership ended gets nothing more, and a store of theirs that begins anew nothing at all', async () => {
  const { unit, here, out, next } = await caseGivenToBen();
  await end(unit, ben);
  await synced(here);
  await release(here, next);
  await synced(here);
  const device = (await secretsOf(unit, ben)).author;
  expect(await boxesForDevices(unit, next)).toEqual(Array.from({ length: 3 }, () => ({ device, is: 'withdrawn' })));
  await out.vault.call('sync.now', {});
  expect(await stateOf(out, next)).toMatchObject({ holder: expect.any(String), unread: { length: 1 } });
  const fresh = await stationOf(unit, ben);
  await fresh.vault.call('sync.now', {});
  expect(await opens(fresh, next)).toBe(false);
  expect(await faultsOf(fresh)).toEqual([]);
  // Others read on, whose copies lack what is served no more.
  const other = await stationOf(unit, asha);
  await synced(other);
  expect(await stateOf(other, next)).toEqual(await stateOf(here, next));
  expect(await faultsOf(other)).toEqual([]);
});

test('a reader who is suspended is boxed no further key until they are restored', async () => {
  const { unit, circle, here, out, next } = await caseGivenToBen();
  const { member } = await secretsOf(unit, ben);
  await suspend(unit, ben);
  await unit.syncHere();
  await rotateCircle(unit, circle);
  await synced(here);
  await release(here, next);
  for (const station of [here, here]) await synced(station);
  expect(await boxesForDevices(unit, next)).toHaveLength(3);
  const entry = await act(unit, morgan, { type: 'membership.restored', at, data: { member: member.id } });
  await act(unit, asha, { type: 'act.seconded', at, data: { entry } });
  for (const station of [here, here, out]) await synced(station);
  expect(await boxesForDevices(unit, next)).toHaveLength(4);
  expect(await stateOf(out, next)).toEqual(await stateOf(here, next));
});

test('whom one may not be given: oneself, twice, who is not in force, by who may not', async () => {
  const { unit, here, there, out, next, bens } = await caseOfCircle();
  const refusal = async (station: typeof here, reader: MemberId) => {
    const done = await tryToGive(station, next, reader);
    return done.ok ? null : done.error;
  };
  expect(await refusal(here, await idOf(unit, morgan))).toMatchObject({ code: 'reader-oneself', field: 'reader' });
  expect(await refusal(there, bens)).toMatchObject({ code: 'not-allowed' });
  expect(await refusal(out, bens)).not.toBeNull();
  await suspend(unit, ben);
  await synced(here);
  expect(await refusal(here, bens)).toMatchObject({ code: 'reader-not-in-force' });
  const { member } = await secretsOf(unit, ben);
  const entry = await act(unit, morgan, { type: 'membership.restored', at, data: { member: member.id } });
  await act(unit, asha, { type: 'act.seconded', at, data: { entry } });
  await synced(here);
  expect(await refusal(here, bens)).toBeNull();
  expect(await refusal(here, bens)).toMatchObject({ code: 'reader-already' });
});

test('also of a case whose past was of a scope that they were never of', async () => {
  const { unit, next, here, there, out, bens } = await caseOfCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(here);
  const commanded = await handOn(here, next, 'command');
  for (const station of [here, there, out]) await synced(station);
  expect(await idsOf(there)).not.toContain(commanded);
  await give(here, commanded, bens);
  await give(here, commanded, await idOf(unit, asha));
  for (const station of [here, there, out]) await synced(station);
  const expected = await stateOf(here, commanded);
  expect(expected.readers).toHaveLength(2);
  for (const [station, name] of [
    [there, asha],
    [out, ben],
  ] as const) {
    expect(await stateOf(station, commanded)).toEqual(expected);
    // Made anew of rows of which the first know neither the scope nor the act.
    await station.store.commit([{ table: 'summaries', remove: await station.store.keys('summaries') }]);
    const rebuilt = await handOver(unit, station, name);
    expect(await stateOf(rebuilt, commanded)).toEqual(expected);
    expect(await totalOf(rebuilt)).toBe(2);
    expect(await faultsOf(rebuilt)).toEqual(['summary-row']);
    const fresh = await stationOf(unit, name);
    await synced(fresh);
    expect(await stateOf(fresh, commanded)).toEqual(expected);
  }
});

test('also where what is stored is read again in several steps, of which the first know no scope of it', async () => {
  const { unit, next, here, out, bens } = await caseOfCircle();
  // Rows of their own, of which 50 are read at a time.
  for (let n = 0; n < 52; n += 1) {
    await unit.endpoint.deliver(unit.arrived[0]?.referral as never);
    await synced(out);
  }
  await synced(here);
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(here);
  const commanded = await handOn(here, next, 'command');
  await give(here, commanded, bens);
  for (const station of [here, out]) await synced(station);
  const expected = await stateOf(here, commanded);
  expect(await stateOf(out, commanded)).toEqual(expected);
  await out.store.commit([{ table: 'summaries', remove: await out.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, out, ben);
  expect(await stateOf(rebuilt, commanded)).toEqual(expected);
});
