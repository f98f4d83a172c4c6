import { expect, test } from 'vitest';
import { utf8 } from '#shared/crypto/encoding.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import { openedBy, readershipsOn } from '#tests/support/opened-rows.ts';
import {
  asha,
  ben,
  circleSecret,
  deliverToCircle,
  handOver,
  holderOf,
  morgan,
  stationOf,
  synced,
  take,
  totalOf,
} from '#tests/support/rotating-unit.ts';

/*
 * What was read of the log lies on the disk for whoever holds the keys that it was read with: shared by members who hold the
 * same, and shut to the others of the workstation.
 */

async function withCircle(): Promise<{ unit: MemoryUnit; id: StreamId }> {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const { id } = await deliverToCircle(unit, morgan, [morgan, asha]);
  return { unit, id };
}

const contains = (text: string, word: string): boolean => text.includes(new TextDecoder('latin1').decode(utf8(word)));

test('members who hold the same keys share what was read', async () => {
  const unit = await inventUnit(2);
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  const next = await handOver(unit, desk, asha);
  expect(await totalOf(next)).toBe(2);
  expect(readershipsOn(next)).toBe(1);
});

test('nobody else’s program opens what a circle reads, though they share the disk', async () => {
  const { unit, id } = await withCircle();
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  await take(desk, id);
  expect(contains(await openedBy(morgan, desk), circleSecret)).toBe(true);
  const read = await openedBy(ben, desk);
  expect(contains(read, circleSecret)).toBe(false);
  // They open what all members of the workstation do: the ledger, which says where the roster stands.
  expect(contains(read, unit.endpoint.roster()?.stream ?? '?')).toBe(true);
});

test('what one member brought in another reads without a connection, as far as it is for them', async () => {
  const { unit, id } = await withCircle();
  const desk = await stationOf(unit, ben);
  await synced(desk);
  expect(await totalOf(desk)).toBe(2);
  const second = await handOver(unit, desk, asha);
  await synced(second);
  await take(second, id);
  await unit.endpoint.deliver(unit.referralOf(unit.arrived[0]?.referral.reference ?? ''));
  await synced(second);
  expect(await totalOf(second)).toBe(4);
  second.host.goOffline();
  // What was read with fewer keys became hers: his is made of the stored log again.
  expect(readershipsOn(second)).toBe(1);
  const again = await handOver(unit, second, ben);
  expect(await totalOf(again)).toBe(3);
  // Who holds what she holds begins where she is.
  const third = await handOver(unit, again, morgan);
  expect(await totalOf(third)).toBe(4);
  expect(await holderOf(third, id)).not.toBeNull();
  expect(readershipsOn(third)).toBe(2);
});
