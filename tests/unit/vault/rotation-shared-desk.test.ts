import { expect, test } from 'vitest';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import {
  asha,
  ben,
  codesOf,
  end,
  faultsOf,
  handOver,
  holderOf,
  morgan,
  overtake,
  stateOf,
  stationOf,
  synced,
  take,
} from '#tests/support/rotating-unit.ts';

/* Two members work at one workstation without a connection, and the unit's new key waits there with what they write. */

async function offlineAfterAnEnding() {
  const unit = await inventUnit(3);
  const [first, second] = unit.arrived.map(({ id }) => id) as [StreamId, StreamId];
  const left = await stationOf(unit, ben);
  await synced(left);
  await end(unit, ben);
  await unit.syncHere();
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  desk.host.goOffline();
  await take(desk, first);
  return { unit, first, second, left, desk };
}

test('what the second writes under the key that the first made counts everywhere, and who left reads none of it', async () => {
  const { unit, first, second, left, desk } = await offlineAfterAnEnding();
  const next = await handOver(unit, desk, asha);
  await take(next, second);
  next.host.goOnline();
  await synced(next);
  const other = await stationOf(unit, morgan);
  await synced(other);
  for (const station of [next, other]) {
    expect(await holderOf(station, first)).not.toBeNull();
    expect(await holderOf(station, second)).not.toBeNull();
    expect(await faultsOf(station)).toEqual([]);
  }
  await left.vault.call('sync.now', {});
  for (const id of [first, second]) {
    expect(await stateOf(left, id)).toMatchObject({ holder: null, unread: { length: 1 } });
  }
});

test('what must be signed again there stays under that key', async () => {
  const { unit, second, left, desk } = await offlineAfterAnEnding();
  const next = await handOver(unit, desk, asha);
  await take(next, second);
  await overtake(unit, asha);
  next.host.goOnline();
  await synced(next);
  await synced(next);
  expect(await codesOf(next)).toContain('outbox-rejoined');
  const other = await stationOf(unit, morgan);
  await synced(other);
  expect(await holderOf(other, second)).not.toBeNull();
  expect(await faultsOf(other)).not.toContain('entry-sealing');
  await left.vault.call('sync.now', {});
  expect(await stateOf(left, second)).toMatchObject({ holder: null, unread: { length: 1 } });
});
