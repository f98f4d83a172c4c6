import { expect, test } from 'vitest';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { openedBy, readershipsOn } from '#tests/support/opened-rows.ts';
import {
  ben,
  faultsOf,
  handOver,
  holderOf,
  opens,
  release,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
  totalOf,
} from '#tests/support/rotating-unit.ts';
import { admit, caseGivenToBen, caseOfCircle, give, idOf, idsOf, lee } from '#tests/support/single-readers.ts';

/*
 * At one workstation with a member who was given a case alone works a colleague who holds the same keys of scopes: they see no
 * row, count, hit or warning of that case.
 */

const withLee = (unit: MemoryUnit) => admit(unit, lee);

/** All that the screens have of cases, as one text. */
async function shownOn({ vault }: Station): Promise<string> {
  const { rows, total, matching } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 50 });
  const counts = await vault.call('queue.counts', { query: everyCase });
  const matches = await Promise.all(rows.map(({ id }) => vault.call('case.matches', { id })));
  return JSON.stringify([rows, total, matching, counts, matches]);
}

async function expectNothing(station: Station, names: readonly StreamId[], reference: string, beside: StreamId) {
  expect(await idsOf(station)).toEqual([beside]);
  for (const name of names) expect(await opens(station, name)).toBe(false);
  const shown = await shownOn(station);
  for (const name of [...names, reference]) expect(shown).not.toContain(name);
  expect(await faultsOf(station)).toEqual([]);
}

test('a colleague with the same keys sees nothing of it, and opens nothing of it on the disk', async () => {
  const { unit, id, next, beside, out } = await caseGivenToBen(withLee);
  const { referral } = await stateOf(out, next);
  const secret = referral.report.narrative.slice(0, 40);
  expect((await openedBy(ben, out)).includes(secret)).toBe(true);
  expect((await openedBy(lee, out)).includes(secret)).toBe(false);
  const asLee = await handOver(unit, out, lee);
  for (const _ of [1, 2]) {
    await expectNothing(asLee, [id, next], referral.reference, beside);
    await synced(asLee);
  }
  expect((await openedBy(lee, asLee)).includes(secret)).toBe(false);
  // Of Morgan, who reads the circle, of Ben alone, and of Lee.
  expect(readershipsOn(asLee)).toBe(3);
  const asBen = await handOver(unit, asLee, ben);
  expect(await idsOf(asBen)).toEqual([beside, next].sort());
  expect(await faultsOf(asBen)).toEqual([]);
});

test('where the colleague brought it in, the member reads it without a connection', async () => {
  const { unit, id, next, beside, here, out, bens } = await caseOfCircle(withLee);
  await release(here, next);
  await give(here, next, bens);
  await synced(here);
  const expected = await stateOf(here, next);
  const asLee = await handOver(unit, out, lee);
  await synced(asLee);
  await expectNothing(asLee, [id, next], expected.referral.reference, beside);
  asLee.host.goOffline();
  const asBen = await handOver(unit, asLee, ben);
  expect(await stateOf(asBen, next)).toEqual(expected);
  expect(await totalOf(asBen)).toBe(2);
  const again = await handOver(unit, asBen, lee);
  await expectNothing(again, [id, next], expected.referral.reference, beside);
});

test('what the member wrote there waits for them, and the colleague is told nothing of it', async () => {
  const { unit, id, next, beside, here, out } = await caseGivenToBen(withLee);
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  out.host.goOffline();
  await take(out, next);
  const { reference } = (await stateOf(out, next)).referral;
  const asLee = await handOver(unit, out, lee);
  await expectNothing(asLee, [id, next], reference, beside);
  asLee.host.goOnline();
  await synced(asLee);
  await expectNothing(asLee, [id, next], reference, beside);
  const asBen = await handOver(unit, asLee, ben);
  for (const station of [asBen, here]) await synced(station);
  expect(await holderOf(here, next)).toBe(await idOf(unit, ben));
  expect(await stateOf(asBen, next)).toEqual(await stateOf(here, next));
});

test('at a workstation that the member never had open, a fresh slot of theirs begins with nothing shared', async () => {
  const { unit, next, here, bens } = await caseOfCircle(withLee);
  await give(here, next, bens);
  await synced(here);
  const desk = await stationOf(unit, lee);
  await synced(desk);
  const asBen = await handOver(unit, desk, ben);
  expect(await stateOf(asBen, next)).toEqual(await stateOf(here, next));
  const asLee = await handOver(unit, asBen, lee);
  expect(await opens(asLee, next)).toBe(false);
});

test('nor is it lost where the colleague makes all anew before the member comes', async () => {
  const { unit, next, here, out, bens } = await caseOfCircle(withLee);
  await give(here, next, bens);
  await synced(here);
  const asLee = await handOver(unit, out, lee);
  await synced(asLee);
  await asLee.store.commit([{ table: 'summaries', remove: await asLee.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, asLee, lee);
  expect(await totalOf(rebuilt)).toBe(1);
  rebuilt.host.goOffline();
  const asBen = await handOver(unit, rebuilt, ben);
  expect(await stateOf(asBen, next)).toEqual(await stateOf(here, next));
});

test('where the member makes all anew, the colleague opens none of it either', async () => {
  const { unit, next, out } = await caseGivenToBen(withLee);
  const secret = (await stateOf(out, next)).referral.report.narrative.slice(0, 40);
  await out.store.commit([{ table: 'summaries', remove: await out.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, out, ben);
  expect(await opens(rebuilt, next)).toBe(true);
  expect((await openedBy(lee, rebuilt)).includes(secret)).toBe(false);
});

test('where how far the log was read is lost, it is found again whose device is given keys alone', async () => {
  const { unit, next, out } = await caseGivenToBen(withLee);
  const expected = await stateOf(out, next);
  const secret = expected.referral.report.narrative.slice(0, 40);
  const asLee = await handOver(unit, out, lee);
  await synced(asLee);
  await asLee.store.commit([{ table: 'meta', remove: ['ledger'] }]);
  asLee.host.goOffline();
  const asBen = await handOver(unit, asLee, ben);
  // Also before anything comes from the endpoint.
  for (const _ of [1, 2]) {
    expect(await stateOf(asBen, next)).toEqual(expected);
    expect((await openedBy(lee, asBen)).includes(secret)).toBe(false);
    asBen.host.goOnline();
    await synced(asBen);
  }
});
