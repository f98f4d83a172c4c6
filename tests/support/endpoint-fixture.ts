import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { v4 } from 'uuid';
import { inject } from 'vitest';
import { demoForce, demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { type Endpoint, type EndpointOptions, startEndpoint } from '#endpoint/start-endpoint.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { directoryOf, EndpointClient } from './endpoint-client.ts';
import { newDatabase } from './endpoint-postgres.ts';
import { type FoundedUnit, foundUnit } from './endpoint-unit.ts';

/** A unit that has a workstation and no founding yet. */
export interface AddedUnit {
  readonly unit: UnitId;
  readonly force: string;
  readonly client: EndpointClient;
}

export interface AddedFoundedUnit extends AddedUnit {
  readonly founded: FoundedUnit;
}

export interface EndpointFixture {
  readonly endpoint: Endpoint;
  readonly url: string;
  readonly dataDir: string;
  readonly unit: UnitId;
  readonly founded: FoundedUnit;
  readonly workstation: EndpointClient;
  readonly intake: EndpointClient;
  /** A unit of a force that is in use nowhere else, with the code for its first workstation. */
  addUnit(force?: string): Promise<{ readonly unit: UnitId; readonly force: string; readonly code: string }>;
  /** The same, with that workstation enrolled. */
  newUnit(force?: string): Promise<AddedUnit>;
  newFoundedUnit(force?: string): Promise<AddedFoundedUnit>;
  /** Another process on the same database, with a data folder of its own: it has not met what this one appended. */
  startBeside(): Promise<Endpoint>;
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
  const undo = [() => rm(dataDir, { recursive: true, force: true }), () => endpoint.close()];
  const { url } = endpoint;
  const unit = (await directoryOf(url)).units.find(({ force }) => force === demoForce)?.id;
  if (!unit) throw new Error('The demonstration unit is missing.');
  const workstation = await EndpointClient.enrolled(url, demoWorkstationCode, options.now);
  const intake = await EndpointClient.enrolled(url, demoIntakeCode, options.now);
  const addUnit: EndpointFixture['addUnit'] = async (force = `force-${v4().replace(/[\d-]/g, 'x')}`) => {
    const added = await endpoint.operate({ order: 'addUnit', force, forceName: `${force} Police`, name: force });
    if (!('code' in added) || !added.unit) throw new Error('no unit');
    return { unit: added.unit, force, code: added.code };
  };
  const newUnit: EndpointFixture['newUnit'] = async (force) => {
    const { code, ...added } = await addUnit(force);
    return { ...added, client: await EndpointClient.enrolled(url, code, options.now) };
  };
  return {
    endpoint,
    url,
    dataDir,
    unit,
    workstation,
    intake,
    founded: await foundUnit(workstation, unit),
    addUnit,
    newUnit,
    newFoundedUnit: async (force) => {
      const added = await newUnit(force);
      return { ...added, founded: await foundUnit(added.client, added.unit) };
    },
    startBeside: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'probity-endpoint-'));
      undo.push(() => rm(folder, { recursive: true, force: true }));
      const keyFile = join(dataDir, 'endpoint-key.json');
      const beside = await startEndpoint({ databaseUrl, demo: true, keyFile, ...options, dataDir: folder });
      undo.push(() => beside.close());
      return beside;
    },
    logged: () => lines.join(''),
    close: async () => {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}
