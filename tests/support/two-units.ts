import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { createMemoryEndpoint, type MemoryEndpoint, type Weather } from './memory-endpoint.ts';
import { referralWith } from './referrals.ts';
import { foundStation, type Station, startStation } from './transfer-station.ts';

/** A unit, and its founder's workstation. */
export interface Side {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly host: Host;
  station: Station;
  restart(): Promise<void>;
}

export async function side(endpoint: MemoryEndpoint, weather: () => Weather = () => 'fair'): Promise<Side> {
  const store = createMemoryStore();
  const host = endpoint.host(weather);
  const { slotId, ...station } = await foundStation(store, host);
  const made: Side = {
    endpoint,
    store,
    host,
    station,
    async restart() {
      made.station.stop();
      made.station = await startStation(store, host, slotId);
    },
  };
  return made;
}

/** Two founded units at one endpoint, and a referral at the first, ready for a disposition. */
export async function twoUnits(weather?: () => Weather) {
  const first = await createMemoryEndpoint();
  const a = await side(first, weather);
  const b = await side(await createMemoryEndpoint(first));
  const referral = referralWith({ force: 'test' });
  const id = await first.deliver(referral);
  await a.station.sync();
  await a.station.prepare(id);
  const toB = { kind: 'otherForce', force: 'test-b', unit: b.endpoint.unit } as const;
  return { a, b, id, referral, toB, network: first.network };
}

export const stageOf = async ({ station }: Side, id: StreamId) => (await station.transfers(id)).sent.at(-1)?.stage;
