import { expect, test, vi } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { createMemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundStation } from '#tests/support/transfer-station.ts';

test('neither saving nor opening a case looks through all cases: a unit may have fifty thousand', async () => {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  let weather: Weather = 'fair';
  const station = await foundStation(
    store,
    endpoint.host(() => weather),
  );
  const id = await endpoint.deliver(referralWith());
  for (let count = 0; count < 5; count += 1) await endpoint.deliver(referralWith());
  await station.sync();
  const { vault, session } = station;
  session.status();
  session.queue.row(id);

  await session.matchable();
  // What is done when nobody has written for a second, and what comes in, may look at all of them.
  const isHeadSaved = async () => (await store.keys('meta')).some((key) => String(key).endsWith('queueHead'));
  await vi.waitFor(async () => expect(await isHeadSaved()).toBe(true), { timeout: 10_000 });
  weather = 'requestLost';
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const looks = [
    vi.spyOn(vault.cases.confirmed, 'values'),
    vi.spyOn(vault.cases.confirmed, 'keys'),
    vi.spyOn(vault.cases.confirmed, 'entries'),
    vi.spyOn(vault.cases.confirmed, Symbol.iterator),
  ];
  await station.prepare(id);
  await station.decide(id, { kind: 'complaints', department: 'Complaints' });
  session.status();
  session.queue.row(id);
  expect(looks.map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0, 0]);
  vi.useRealTimers();
  station.stop();
});
