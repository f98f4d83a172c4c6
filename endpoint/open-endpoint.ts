import { dirname, join } from 'node:path';
import type { Clock } from '#shared/kernel/clock.ts';
import { EndpointKeys } from './endpoint-keys.ts';
import { KnownDirectory } from './operator/known-directory.ts';
import { ToldOperator } from './operator/told-operator.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { CheckpointNotes } from './unit-log/checkpoint-notes.ts';
import { Rosters } from './unit-log/rosters.ts';

/** Where an endpoint keeps what it has. */
export interface EndpointPlace {
  /** For the keys, and for the database unless `databaseUrl` is given. */
  readonly dataDir: string;
  /** Of PostgreSQL. Several endpoints on one database must share one key file. */
  readonly databaseUrl?: string | undefined;
  /** `endpoint-key.json` in the data folder when it is not given. */
  readonly keyFile?: string | undefined;
}

/** What an endpoint is, whether it serves or carries out a command of its operator. */
export interface OpenEndpoint {
  readonly storage: Storage;
  readonly keys: EndpointKeys;
  /** The last checkpoint of each unit, beside the database. */
  readonly checkpointNotes: CheckpointNotes;
  readonly rosters: Rosters;
  readonly operator: ToldOperator;
  readonly directory: KnownDirectory;
  /** Where the key file is, and what must be kept with it. */
  readonly keyFolder: string;
  readonly clock: Clock;
}

/** @param now milliseconds since the epoch. @throws when the database belongs to an endpoint with another key */
export async function openEndpoint(
  { dataDir, databaseUrl, keyFile = join(dataDir, 'endpoint-key.json') }: EndpointPlace,
  now: () => number,
): Promise<OpenEndpoint> {
  const storage = await openStorage(dataDir, databaseUrl);
  try {
    const keys = await EndpointKeys.open(keyFile);
    await storage.claimFor(keys.all.map(({ endpointKey }) => endpointKey));
    const rosters = new Rosters(keys);
    const checkpointNotes = new CheckpointNotes(join(dataDir, 'checkpoints'));
    const keyFolder = dirname(keyFile);
    const operator = new ToldOperator(keyFolder);
    const directory = new KnownDirectory(keyFolder, { operator, storage, keys });
    await directory.read();
    return { storage, keys, checkpointNotes, rosters, keyFolder, operator, directory, clock: { now } };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
