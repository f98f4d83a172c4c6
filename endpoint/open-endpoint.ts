import { dirname, join } from 'node:path';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { endpointKeysFrom } from './endpoint-keys.ts';
import { ToldOperator } from './operator/told-operator.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
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
  /** Signs what the endpoint writes into a log. */
  readonly signingKey: SigningKey;
  /** Signs the checkpoints of every log. */
  readonly checkpointKey: SigningKey;
  readonly rosters: Rosters;
  readonly operator: ToldOperator;
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
    const { entries: signingKey, checkpoints: checkpointKey } = await endpointKeysFrom(keyFile);
    await storage.claimFor(signingKey.author);
    const rosters = new Rosters({ endpointKey: signingKey.author, checkpointKey: checkpointKey.author });
    const keyFolder = dirname(keyFile);
    return {
      ...{ storage, signingKey, checkpointKey, rosters, keyFolder },
      operator: new ToldOperator(keyFolder),
      clock: { now },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
