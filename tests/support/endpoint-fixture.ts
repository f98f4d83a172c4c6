import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inject } from 'vitest';
import { demoForce, demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { type Endpoint, type EndpointOptions, startEndpoint } from '#endpoint/start-endpoint.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { directoryOf, EndpointClient } from './endpoint-client.ts';
import { newDatabase } from './endpoint-postgres.ts';
import { type FoundedUnit, foundUnit } from './endpoint-unit.ts';

export interface EndpointFixture {
  readonly endpoint: Endpoint;
  readonly url: string;
  readonly dataDir: string;
  readonly unit: UnitId;
  readonly founded: FoundedUnit;
  readonly workstation: EndpointClient;
  readonly intake: EndpointClient;
  /** What was logged so far. */
  logged(): string;
  close(): Promise<void>;
}

/** A demonstration endpoint on PostgreSQL with its unit founded, a workstation and an intake device. */
export async function startTestEndpoint(options: Partial<EndpointOptions> = {}): Promise<EndpointFixture> {
  const dataDir = await mkdtemp(join(tmpdir(), 'probity-endpoint-'));
  const databaseUrl = options.databaseUrl ?? (await newDatabase(inject('postgres')));
  const lines: string[] = [];
  const log = new Writable({
    write: (line, _, done) => {
      lines.push(String(line));
      done();
    },
  });
  const endpoint = await startEndpoint({ dataDir, databaseUrl, demo: true, log, ...options });
  const { url } = endpoint;
  const unit = (await directoryOf(url)).units.find(({ force }) => force === demoForce)?.id;
  if (!unit) throw new Error('The demonstration unit is missing.');
  const workstation = await EndpointClient.enrolled(url, demoWorkstationCode, options.now);
  const intake = await EndpointClient.enrolled(url, demoIntakeCode, options.now);
  return {
    endpoint,
    url,
    dataDir,
    unit,
    workstation,
    intake,
    founded: await foundUnit(workstation, unit),
    logged: () => lines.join(''),
    close: async () => {
      await endpoint.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
