import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { v4 } from 'uuid';
import { inject } from 'vitest';
import { demoForce, demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { type Endpoint, type EndpointOptions, startEndpoint } from '#endpoint/start-endpoint.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { directoryOf, EndpointClient } from './endpoint-client.ts';
import { plantDatabase } from './endpoint-database.ts';
import { copyDatabase, newDatabase } from './endpoint-postgres.ts';
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
  /** Stops the endpoint and starts it again, at the same address. @param meanwhile with its database */
  restart(): Promise<void>;
  /** The same. @param task done with its database meanwhile */
  whileStopped<T>(task: (sql: Sql) => Promise<T>): Promise<T>;
  /** Copies its keys and its database, as a backup has them. @returns where the copy is, when it is not in the folder */
  copyTo(folder: string): Promise<string | undefined>;
  /** What was logged so far. */
  logged(): string;
  close(): Promise<void>;
}

export interface TestEndpointOptions extends Partial<EndpointOptions> {
  /** On PGlite, in its data folder. */
  readonly embedded?: boolean;
}

/** What an endpoint keeps its logs in, for suites that hold on either: name, and whether it is in the data folder. */
export const databases: readonly (readonly [name: string, embedded: boolean])[] = [
  ['PGlite', true],
  ['PostgreSQL', false],
];

async function newEmbedded(dataDir: string): Promise<undefined> {
  await plantDatabase(dataDir);
}

/** A demonstration endpoint with its unit founded, a workstation and an intake device: on PostgreSQL, unless `embedded`. */
export async function startTestEndpoint({
  embedded = false,
  ...options
}: TestEndpointOptions = {}): Promise<EndpointFixture> {
  const dataDir = await mkdtemp(join(tmpdir(), 'probity-endpoint-'));
  const databaseUrl = embedded
    ? await newEmbedded(dataDir)
    : (options.databaseUrl ?? (await newDatabase(inject('postgres'))));
  const lines: string[] = [];
  const log = new Writable({
    write: (line, _, done) => {
      lines.push(String(line));
      done();
    },
  });
  const given = { dataDir, databaseUrl, demo: true, log, ...options };
  let endpoint = await startEndpoint(given);
  const undo = [() => rm(dataDir, { recursive: true, force: true }), () => endpoint.close()];
  const { url } = endpoint;
  const unit = (await directoryOf(url)).units.find(({ force }) => force === demoForce)?.id;
  if (!unit) throw new Error('The demonstration unit is missing.');
  const workstation = await EndpointClient.enrolled(url, demoWorkstationCode, options.now);
  const intake = await EndpointClient.enrolled(url, demoIntakeCode, options.now);
  const addUnit: EndpointFixture['addUnit'] = async (force = `force-${v4().replace(/[\d-]/g, 'x')}`) => {
    const added = await endpoint.operate({
      order: 'addUnit',
      force,
      forceName: `${force} Police`,
      jurisdiction: 'englandAndWales',
      name: force,
    });
    if (!('code' in added) || !added.unit) throw new Error('no unit');
    return { unit: added.unit, force, code: added.code };
  };
  const newUnit: EndpointFixture['newUnit'] = async (force) => {
    const { code, ...added } = await addUnit(force);
    return { ...added, client: await EndpointClient.enrolled(url, code, options.now) };
  };
  const whileClosed = async <T>(task: () => Promise<T>): Promise<T> => {
    await endpoint.close();
    try {
      return await task();
    } finally {
      endpoint = await startEndpoint({ ...given, port: Number(new URL(url).port) });
    }
  };
  return {
    get endpoint() {
      return endpoint;
    },
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
    restart: () => whileClosed(async () => undefined),
    whileStopped: (task) =>
      whileClosed(async () => {
        const sql = await (databaseUrl ? pgSql(databaseUrl) : pgliteSql(dataDir));
        return task(sql).finally(() => sql.close());
      }),
    copyTo: (folder) =>
      whileClosed(async () => {
        for (const name of ['endpoint-key.json', 'operator.json', 'demo-operator-key.json']) {
          await cp(join(dataDir, name), join(folder, name));
        }
        if (databaseUrl) return copyDatabase(databaseUrl);
        await cp(join(dataDir, 'database'), join(folder, 'database'), { recursive: true });
        return undefined;
      }),
    logged: () => lines.join(''),
    close: async () => {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}
