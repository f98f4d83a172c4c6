import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import {
  asha,
  ben,
  end,
  faultsOf,
  handOn,
  handOver,
  morgan,
  openScope,
  opens,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
  why,
} from '#tests/support/rotating-unit.ts';
import { idsOf } from '#tests/support/single-readers.ts';
import { side } from '#tests/support/two-units.ts';

/* What comes from outside is read first by those whom the unit gave the intake: they pass it on to the unit, or to fewer. */

const everywhere = async (stations: readonly Station[]) => {
  for (const station of stations) await synced(station);
};

/** A unit whose intake is an analyst, besides the supervisor who opened it. */
async function unitWithIntake() {
  const unit = await inventUnit(1);
  await unit.syncHere();
  await openScope(unit, morgan, 'intake', [morgan, ben]);
  const id = await unit.endpoint.deliver(referralWith({ force: 'norbeck' }));
  const [first, out] = [await stationOf(unit, ben), await stationOf(unit, asha)];
  await everywhere([first, out]);
  return { unit, id, before: unit.arrived.map((each) => each.id), first, out };
}

test('a report is read by the intake alone, until one of it passes it on to the unit', async () => {
  const { id, before, first, out } = await unitWithIntake();
  expect((await idsOf(first)).sort()).toEqual([...before, id].sort());
  expect(await idsOf(out)).toEqual(before);
  expect(await opens(out, id)).toBe(false);
  expect(await faultsOf(out)).toEqual([]);
  await take(first, id);
  const referral = (await stateOf(first, id)).referral;
  const next = await handOn(first, id, 'unit');
  await everywhere([first, out]);
  expect((await idsOf(out)).sort()).toEqual([...before, next].sort());
  expect((await stateOf(out, next)).referral).toEqual(referral);
  for (const station of [first, out]) expect(await faultsOf(station)).toEqual([]);
});

test('an analyst of it passes on what it reads to the unit, and to nobody else', async () => {
  const { unit, id, before, first } = await unitWithIntake();
  const circle = v4() as CircleId;
  await openScope(unit, ben, circle, [ben]);
  await synced(first);
  const [old] = before;
  if (!old) throw new Error('no case');
  const handed = (of: StreamId, to: Scope) => first.vault.call('case.handOn', { case: of, to, why });
  for (const [of, to] of [
    [old, circle],
    [id, circle],
  ] as const)
    expect(await handed(of, to)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(await handed(id, 'unit')).toMatchObject({ ok: true });
  await synced(first);
  const reader = await stationOf(unit, asha);
  await synced(reader);
  expect(await idsOf(reader)).toHaveLength(2);
});

test('a supervisor of it passes it on to some, and the rest of it reads it no more', async () => {
  const { unit, id, before, first } = await unitWithIntake();
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha]);
  const here = await stationOf(unit, morgan);
  await synced(here);
  await handOn(here, id, circle);
  await everywhere([here, first]);
  expect(await idsOf(first)).toEqual(before);
  expect(await faultsOf(first)).toEqual([]);
});

test('nobody takes what comes from outside for themselves: a supervisor opens it, and two must be in force', async () => {
  const unit = await inventUnit(1);
  await unit.syncHere();
  const reports = async () => {
    const id = await unit.endpoint.deliver(referralWith({ force: 'norbeck' }));
    const station = await stationOf(unit, asha);
    await synced(station);
    return opens(station, id);
  };
  await openScope(unit, ben, 'intake', [ben]);
  expect((unit.endpoint.roster() as Roster).generations.map(({ scope }) => scope)).not.toContain('intake');
  await openScope(unit, morgan, 'intake', [morgan]);
  expect(await reports()).toBe(true);
  const other = await inventUnit(1);
  await other.syncHere();
  await openScope(other, morgan, 'intake', [morgan, ben]);
  const forIntake = await other.endpoint.deliver(referralWith({ force: 'norbeck' }));
  await end(other, ben);
  const forUnit = await other.endpoint.deliver(referralWith({ force: 'norbeck' }));
  const [out, left] = [await stationOf(other, asha), await stationOf(other, morgan)];
  await everywhere([out, left]);
  for (const [station, ...expected] of [
    [out, false, true],
    [left, true, true],
  ] as const)
    expect([await opens(station, forIntake), await opens(station, forUnit)]).toEqual(expected);
});

/** A unit to which another sends a referral. @returns its case, where it came first */
async function sentFromElsewhere() {
  const unit = await inventUnit(1);
  await unit.syncHere();
  await openScope(unit, morgan, 'intake', [morgan, ben]);
  const sender = await side(await createMemoryEndpoint(unit.endpoint));
  const theirs = await sender.endpoint.deliver(referralWith({ force: 'test-b' }));
  await sender.station.sync();
  await sender.station.prepare(theirs);
  const to = { kind: 'otherForce', force: 'norbeck', unit: unit.endpoint.unit } as const;
  const decided = await sender.station.decide(theirs, to);
  return { unit, sender, id: streamOfTransfer(decided) };
}

test.each(['each at its time', 'all at once'])(
  'what another unit sends is read by the intake first, and by the unit once it was passed on: %s',
  async (how) => {
    const { unit, sender, id } = await sentFromElsewhere();
    const [first, out] = [await stationOf(unit, ben), await stationOf(unit, asha)];
    await everywhere([first, out]);
    await sender.station.sync();
    await synced(first);
    if (how === 'each at its time') await synced(out);
    expect([await opens(first, id), await opens(out, id)]).toEqual([true, false]);
    const next = await handOn(first, id, 'unit');
    await synced(first);
    await synced(out);
    const { referral } = await stateOf(first, next);
    for (let station = out, starts = 0; starts < 2; starts += 1) {
      expect(await faultsOf(station)).toEqual([]);
      expect((await stateOf(station, next)).referral).toEqual(referral);
      station = await handOver(unit, station, asha);
    }
    await take(await handOver(unit, first, ben), next);
  },
);
