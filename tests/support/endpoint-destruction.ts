import { join } from 'node:path';
import { EndpointKeys } from '#endpoint/endpoint-keys.ts';
import type { Service } from '#endpoint/http/service.ts';
import type { Storage } from '#endpoint/storage/storage.ts';
import { Destruction } from '#endpoint/unit-log/destroy-withdrawn.ts';
import { Rosters } from '#endpoint/unit-log/rosters.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import type { EndpointFixture } from './endpoint-fixture.ts';

/** What destroys at another process with the endpoint's keys: in one unit, of whose log it has read nothing before. */
export async function destructionIn(
  unit: UnitId,
  { dataDir }: Pick<EndpointFixture, 'dataDir'>,
  storage: Storage,
  now: () => number,
): Promise<Destruction> {
  const keys = await EndpointKeys.open(join(dataDir, 'endpoint-key.json'));
  const units = async () => (await storage.units()).filter(({ id }) => id === unit);
  const rosters = new Rosters(keys);
  const parts = { storage: { ...storage, units }, rosters, keys };
  const service: Partial<Service> = { ...parts, clock: { now } };
  return new Destruction(service as Service);
}
