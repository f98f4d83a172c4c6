import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { currentGeneration, type DeviceKeys, deviceOf, type Roster } from '#shared/domain/unit/roster.ts';
import { isRotationOwed, scopesIn } from '#shared/domain/unit/scope-keys.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import type { Generation } from '#shared/log/generation.ts';
import { openGenerationBox } from '#shared/log/generation-box.ts';
import type { RecoveryKey } from '#shared/log/recovery-key.ts';
import { generationBoxesOf } from '#shared/log/roster-entry.ts';
import { aUnit } from '#tests/support/attacked-unit.ts';
import { inventUnit, type MemoryUnit, slotOf } from '#tests/support/memory-unit.ts';
import { bindRecovery, newStation, permit, recover, recoveryKeyOf, reopen } from '#tests/support/recovering-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import {
  asha,
  ben,
  codesOf,
  deliverToCircle,
  end,
  faultsOf,
  generationOf,
  holderOf,
  morgan,
  openScope,
  opens,
  release,
  rotateAs,
  type Station,
  secretsOf,
  stationOf,
  synced,
  take,
  totalOf,
  tryToTake,
  unitKeysIn,
} from '#tests/support/rotating-unit.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';
import { passphrase, startProcessOn, unlocked } from '#tests/support/workstation.ts';

/* Devices are lost, and the recovery key brings back whose they were and what they read. */

const rosterOf = ({ endpoint }: MemoryUnit) => endpoint.roster() as Roster;
const owedIn = (unit: MemoryUnit) => scopesIn(rosterOf(unit)).filter((scope) => isRotationOwed(rosterOf(unit), scope));

/** What of the unit's keys a recovery key opens, as whoever has its shares and a copy of the log finds out. */
async function openedBy(
  { endpoint }: MemoryUnit,
  { signing, sealing }: RecoveryKey,
): Promise<readonly Generation['id'][]> {
  const recovery = { author: signing.author, privateKey: sealing.privateKey };
  const keys = { generation: () => null, decapsulate: () => null, recovery };
  const boxes = endpoint.log.flatMap(({ entry }) => generationBoxesOf(entry));
  const opened = await Promise.all(boxes.map((box) => openGenerationBox(box, keys)));
  return opened.flatMap((each) => (each ? [each.id] : []));
}

async function unitWithKey(cases = 3) {
  const unit = await inventUnit(cases);
  const ids = unit.arrived.map((each) => each.id) as [StreamId, StreamId, StreamId];
  const here = await stationOf(unit, morgan);
  await synced(here);
  const shares = await bindRecovery(here);
  await synced(here);
  return { unit, ids, here, shares };
}

/** Before their new device was bound, a member could note nothing in the log. */
const faultsAfterLoss = async (station: Station) => (await faultsOf(station)).filter((code) => code !== 'not-audited');

/** The same workstation after a restart: it knows then what its members signed elsewhere. */
async function restarted(unit: MemoryUnit, station: Station, name: string = morgan): Promise<Station> {
  station.kill();
  const opened = await stationOf(unit, name, station);
  await synced(opened);
  return opened;
}

test('binding it makes new keys at once, for it too, and everybody goes on', async () => {
  const { unit, ids, here, shares } = await unitWithKey();
  const { signing } = await recoveryKeyOf(shares);
  expect(rosterOf(unit).recovery?.author).toBe(signing.author);
  expect(owedIn(unit)).toEqual([]);
  for (const scope of ['unit', 'everyone'] as const) {
    expect(currentGeneration(rosterOf(unit), scope)?.recovery).toBe(signing.author);
  }
  const other = await stationOf(unit, asha);
  await synced(other);
  await take(other, ids[0]);
  await synced(other);
  await synced(here);
  expect(await holderOf(here, ids[0])).not.toBeNull();
  expect([...(await faultsOf(here)), ...(await faultsOf(other))]).toEqual([]);
  // The shares lie nowhere: not what they are of, either.
  const disk = JSON.stringify([...here.store.rows.meta.values(), ...here.store.rows.slots.values()]);
  expect(shares.some((share) => disk.includes(share))).toBe(false);
});

test('a scope whose last reader is lost is opened again, with its past, for others', async () => {
  const { unit, here: station, shares } = await unitWithKey();
  const { id, circle } = await deliverToCircle(unit, asha, [asha]);
  const scope = rosterOf(unit).generations.find((each) => each.id === circle.id)?.scope as CircleId;
  expect(currentGeneration(rosterOf(unit), scope)?.recovery).not.toBeNull();
  await end(unit, asha, [morgan, ben]);
  await synced(station);
  const here = await restarted(unit, station);
  const { author } = await secretsOf(unit, morgan);
  expect(await reopen(here, shares, scope, [author])).toMatchObject({ error: { code: 'recovery-not-permitted' } });
  expect(await permit(here, { scope }, ben)).toMatchObject({ ok: true });
  expect(await reopen(here, shares, scope, [author])).toMatchObject({ ok: true });
  // Until the log has brought the key, nothing is written under it, and nothing else waits for it.
  expect(await tryToTake(here, unit.arrived[0]?.id as StreamId)).toMatchObject({ ok: true });
  await synced(here);
  await synced(here);
  // Nobody said of it that it does not open.
  expect(currentGeneration(rosterOf(unit), scope)?.unopenedBy).toEqual([]);
  expect(await opens(here, id)).toBe(true);
  await take(here, id);
  await synced(here);
  expect(await faultsOf(here)).toEqual([]);
  expect(rosterOf(unit).permissions).toEqual([]);
  const other = await stationOf(unit, ben);
  await synced(other);
  expect(await opens(other, id)).toBe(false);
  expect(await faultsOf(other)).toEqual([]);
});

test('all is lost: it binds a new device of the founder, opens every scope, and the founder goes on', async () => {
  const { endpoint, host, store, vault, slot, kill } = await aUnit();
  const own = await slotSecretsOf(store, host, slot.name, passphrase);
  const id = await endpoint.deliver(referralWith());
  const here = { vault, host, store, kill } as never as Station;
  await synced(here);
  const shares = await bindRecovery(here);
  await take(here, id);
  await synced(here);
  kill();
  const next = await newStation(endpoint, [own.own], () => passphrase);
  await synced(next);
  expect(await totalOf(next)).toBe(0);
  const [device] = next.devices as [DeviceKeys];
  expect(await recover(next, shares, own.own.member.id, device)).toEqual({ ok: true, value: null });
  await synced(next);
  const roster = () => endpoint.roster() as Roster;
  expect(deviceOf(roster(), own.own.author)?.standing).toBe('ended');
  expect(deviceOf(roster(), device.author)?.standing).toBe('inForce');
  for (const scope of scopesIn(roster())) {
    expect([scope, await reopen(next, shares, scope, [device.author])]).toEqual([scope, { ok: true, value: null }]);
  }
  await synced(next);
  await synced(next);
  for (const scope of scopesIn(roster())) expect(isRotationOwed(roster(), scope)).toBe(false);
  expect(await totalOf(next)).toBe(1);
  expect(await holderOf(next, id)).toBe(own.own.member.id);
  await release(next, id);
  await synced(next);
  expect(await faultsAfterLoss(next)).toEqual([]);
  // And once more after a restart.
  next.kill();
  const { vault: opened } = startProcessOn(next.store, next.host);
  await unlocked(opened, await slotOf(opened, slot.name), passphrase);
  const again = { ...next, vault: opened };
  await synced(again);
  expect(await holderOf(again, id)).toBeNull();
  expect(await codesOf(again)).toEqual([]);
});

test('of two members who lost everything each gets a new device, and both open the scopes again', async () => {
  const { unit, ids, here, shares } = await unitWithKey();
  await end(unit, ben);
  await synced(here);
  await take(here, ids[0]);
  await synced(here);
  here.kill();
  const lost = [await secretsOf(unit, morgan), await secretsOf(unit, asha)] as const;
  const next = await newStation(unit.endpoint, lost);
  await synced(next);
  for (const [index, { member }] of lost.entries()) {
    expect(await recover(next, shares, member.id, next.devices[index] as DeviceKeys)).toMatchObject({ ok: true });
  }
  await synced(next);
  const readers = next.devices.map(({ author }) => author);
  for (const scope of scopesIn(rosterOf(unit))) {
    expect(await reopen(next, shares, scope, readers)).toMatchObject({ error: { code: 'recovery-not-permitted' } });
    expect(await permit(next, { scope }, asha)).toMatchObject({ ok: true });
    expect(await reopen(next, shares, scope, readers)).toMatchObject({ ok: true });
  }
  await synced(next);
  await synced(next);
  for (const name of [asha, morgan]) {
    const station = await restarted(unit, next, name);
    expect(await totalOf(station)).toBe(3);
    expect(await holderOf(station, ids[0])).toBe(lost[0].member.id);
    expect(await faultsOf(station)).toEqual([]);
    station.kill();
  }
});

test('a unit of three that lost everything comes back by what two permitted while they could', async () => {
  const { unit, ids, here, shares } = await unitWithKey();
  const lost = [await secretsOf(unit, morgan), await secretsOf(unit, asha), await secretsOf(unit, ben)] as const;
  // Each by the two others: so that any of them can be brought back.
  const station = await stationOf(unit, asha, here);
  expect(await permit(station, { member: lost[0].member.id }, ben)).toMatchObject({ ok: true });
  await synced(station);
  const own = await restarted(unit, station);
  expect(await permit(own, { member: lost[1].member.id }, ben)).toMatchObject({ ok: true });
  await take(own, ids[0]);
  await synced(own);
  own.kill();
  const next = await newStation(unit.endpoint, lost);
  await synced(next);
  const [first, second, third] = next.devices as [DeviceKeys, DeviceKeys, DeviceKeys];
  expect(await recover(next, shares, lost[2].member.id, third)).toMatchObject({
    error: { code: 'recovery-not-permitted' },
  });
  expect(await recover(next, shares, lost[0].member.id, first)).toMatchObject({ ok: true });
  expect(await recover(next, shares, lost[1].member.id, second)).toMatchObject({ ok: true });
  // The two permit the rest.
  expect(await permit(next, { member: lost[2].member.id }, asha)).toMatchObject({ ok: true });
  expect(await recover(next, shares, lost[2].member.id, third)).toMatchObject({ ok: true });
  for (const scope of scopesIn(rosterOf(unit))) {
    expect(await permit(next, { scope }, asha)).toMatchObject({ ok: true });
    const readers = next.devices.map(({ author }) => author);
    expect(await reopen(next, shares, scope, readers)).toMatchObject({ ok: true });
  }
  await synced(next);
  await synced(next);
  expect(await holderOf(next, ids[0])).toBe(lost[0].member.id);
  expect(await faultsAfterLoss(next)).toEqual([]);
});

test('replaced, its old shares open nothing that is written later, and sign nothing', async () => {
  const { unit, ids, here, shares } = await unitWithKey();
  const first = await recoveryKeyOf(shares);
  const before = unitKeysIn(unit).at(-1)?.id;
  expect(await openedBy(unit, first)).toContain(before);
  const next = await bindRecovery(here);
  await synced(here);
  const opened = await openedBy(unit, first);
  await take(here, ids[0]);
  await synced(here);
  for (const scope of scopesIn(rosterOf(unit))) {
    expect(opened).not.toContain(currentGeneration(rosterOf(unit), scope)?.id);
    expect(await openedBy(unit, await recoveryKeyOf(next))).toContain(currentGeneration(rosterOf(unit), scope)?.id);
  }
  await end(unit, ben);
  await synced(here);
  const { author } = await secretsOf(unit, morgan);
  for (const old of [shares, shares.slice(2)]) {
    expect(await reopen(here, old, 'unit', [author])).toMatchObject({ error: { code: 'recovery-key-other' } });
  }
  expect(await reopen(here, [...shares.slice(0, 2), ...next.slice(2)], 'unit', [author])).toMatchObject({
    error: { code: 'shares-mixed' },
  });
  expect(await reopen(here, next.slice(0, 2), 'unit', [author])).toMatchObject({ error: { code: 'shares-too-few' } });
});

test('a new key that was made before it was known does not count, and what is under it is read by all', async () => {
  const unit = await inventUnit(3);
  const ids = unit.arrived.map((each) => each.id) as [StreamId, StreamId, StreamId];
  await end(unit, ben);
  const [here, away] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  await synced(here);
  await synced(away);
  away.host.goOffline();
  await take(away, ids[0]);
  const shares = await bindRecovery(here);
  await synced(here);
  away.host.goOnline();
  await synced(away);
  await take(away, ids[1]);
  await synced(away);
  await synced(here);
  const keys = unitKeysIn(unit);
  expect(keys.filter(({ counts }) => !counts)).toMatchObject([
    { aside: true, recovery: null, carriedBy: [expect.any(String)] },
  ]);
  expect(currentGeneration(rosterOf(unit), 'unit')?.recovery).toBe((await recoveryKeyOf(shares)).signing.author);
  for (const station of [here, away]) {
    expect(await holderOf(station, ids[0])).not.toBeNull();
    expect(await holderOf(station, ids[1])).not.toBeNull();
    expect(await faultsOf(station)).toEqual([]);
  }
});

test('a scope that is opened by who knows of no recovery key is rotated by whoever writes next', async () => {
  const { unit, ids, here } = await unitWithKey();
  await unit.syncHere();
  const made = await generationOf(unit, morgan);
  // By a program of an earlier day: without the recovery key.
  await rotateAs(unit, morgan, { replaces: made, readers: [morgan, asha, ben] });
  expect(currentGeneration(rosterOf(unit), 'unit')?.id).toBe(made.id);
  expect(unitKeysIn(unit).at(-1)).toMatchObject({ counts: false, recovery: null });
  await synced(here);
  await take(here, ids[0]);
  await synced(here);
  expect(owedIn(unit)).toEqual([]);
});

test('used at two workstations at once, the later use is dropped, and holds up nothing', async () => {
  const { unit, ids, here: station, shares } = await unitWithKey();
  const circles = [v4(), v4()] as CircleId[];
  for (const circle of circles) await openScope(unit, asha, circle, [asha]);
  await end(unit, asha, [morgan, ben]);
  await synced(station);
  const here = await restarted(unit, station);
  for (const circle of circles) expect(await permit(here, { scope: circle }, ben)).toMatchObject({ ok: true });
  await synced(here);
  const other = await stationOf(unit, ben);
  await synced(other);
  const { author } = await secretsOf(unit, morgan);
  other.host.goOffline();
  expect(await reopen(other, shares, circles[0] as CircleId, [author])).toEqual({ ok: true, value: null });
  await take(other, ids[0]);
  expect(await reopen(here, shares, circles[1] as CircleId, [author])).toMatchObject({ ok: true });
  await synced(here);
  other.host.goOnline();
  await synced(other);
  await synced(here);
  expect(await codesOf(other)).toContain('recovery-overtaken');
  expect(await holderOf(here, ids[0])).not.toBeNull();
  expect(rosterOf(unit).permissions).toEqual([{ scope: circles[0] }]);
  expect(await reopen(here, shares, circles[0] as CircleId, [author])).toMatchObject({ ok: true });
  await synced(here);
  expect(rosterOf(unit).permissions).toEqual([]);
});
