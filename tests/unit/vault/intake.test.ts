import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { CircleId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import {
  asha,
  ben,
  end,
  faultsOf,
  handOn,
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
import { openScopeAs } from '#tests/support/slot-acts.ts';
import { twoUnits } from '#tests/support/two-units.ts';
import { passphrase } from '#tests/support/workstation.ts';

/* What comes from outside is read first by those whom the unit gave the intake: they pass it on to the unit, or to fewer. */

const founder = 'Sal Penrose';
const idsOf = async ({ vault }: Station) =>
  (await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).rows.map((row) => row.id);
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

test('what an analyst may pass on is what the intake reads, and nothing else', async () => {
  const { unit, id, before, first } = await unitWithIntake();
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha]);
  await synced(first);
  const [old] = before;
  if (!old) throw new Error('no case');
  expect(await first.vault.call('case.handOn', { case: old, to: circle, why })).toMatchObject({
    ok: false,
    error: { code: 'not-allowed' },
  });
  expect(await first.vault.call('case.handOn', { case: id, to: circle, why })).toMatchObject({ ok: true });
  await synced(first);
  expect(await idsOf(first)).toEqual(before);
  const reader = await stationOf(unit, asha);
  await synced(reader);
  expect(await idsOf(reader)).toHaveLength(2);
});

test('where nobody of the intake is in force any more, reports are for the unit', async () => {
  const unit = await inventUnit(1);
  await unit.syncHere();
  await openScope(unit, ben, 'intake', [ben]);
  const forIntake = await unit.endpoint.deliver(referralWith({ force: 'norbeck' }));
  await end(unit, ben);
  const forUnit = await unit.endpoint.deliver(referralWith({ force: 'norbeck' }));
  const station = await stationOf(unit, asha);
  await synced(station);
  expect([await opens(station, forIntake), await opens(station, forUnit)]).toEqual([false, true]);
});

test('what another unit sends is read by the intake first', async () => {
  const { a, b, id, referral, toB } = await twoUnits();
  const intake = await openScopeAs({ ...b, passphraseOf: () => passphrase }, founder, 'intake', [founder]);
  const decided = await a.station.decide(id, toB);
  await a.station.sync();
  await b.station.sync();
  const { entry } = b.endpoint.log.at(-1) ?? {};
  expect(entry?.wire.boxes.map((box) => parseBox(box)?.to)).toMatchObject([{ generation: intake.id }]);
  expect((await b.station.state(streamOfTransfer(decided))).referral.report.narrative).toEqual(
    referral.report.narrative,
  );
});
