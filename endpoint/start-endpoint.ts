/**
 * The endpoint as a function, for the command line, `npm start` and tests. Owns its data folder while it runs; keeps
 * nothing readable in it, and never writes a report, a name or an address to its log.
 */
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { isLoopback, seedDemo } from './demo.ts';
import { endpointKeysFrom } from './endpoint-keys.ts';
import { buildApp, closeApp } from './http/build-app.ts';
import { defaultLimits, demoLimits, type RateLimits } from './http/rate-limits.ts';
import { Encapsulations } from './intake/encapsulations.ts';
import { claimFolder } from './operator/folder-claim.ts';
import { type Order, type OrderReply, operate } from './operator/operate.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { CheckpointNotes } from './unit-log/checkpoint-notes.ts';
import { startDestroying } from './unit-log/destroy-withdrawn.ts';
import { Positions } from './unit-log/positions.ts';
import { Rosters } from './unit-log/rosters.ts';

export interface EndpointOptions {
  /** For the keys, and for the database unless `databaseUrl` is given. */
  readonly dataDir: string;
  /** 0 takes any that is free. */
  readonly port?: number;
  readonly host?: string;
  /** Of PostgreSQL. Several endpoints on one database must share one key file. */
  readonly databaseUrl?: string | undefined;
  /** `endpoint-key.json` in the data folder when it is not given. */
  readonly keyFile?: string | undefined;
  readonly demo?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly limits?: Partial<RateLimits>;
  readonly log?: Writable | 'silent';
}

export interface Endpoint {
  readonly url: string;
  readonly endpointKey: AuthorKey;
  readonly checkpointKey: AuthorKey;
  /** As the operator's commands do. */
  operate(order: Order): Promise<OrderReply>;
  /** Answers what was asked, then closes. */
  close(): Promise<void>;
}

/** Milliseconds between clean-ups of tokens that are too old to be used again. */
const tidyEvery = 60_000;

export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { dataDir, host = '127.0.0.1', demo = false } = options;
  if (demo && !isLoopback(host)) throw new Error('A demonstration endpoint listens on a loopback address only.');
  const claim = await claimFolder(dataDir);
  const undo: (() => Promise<void>)[] = [() => claim.release()];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const storage = await openStorage(dataDir, options.databaseUrl);
    undo.push(() => storage.close());
    const served = await serve(options, storage, host, demo, undo);
    const operateNow = (order: Order) => operate(storage, order, (options.now ?? Date.now)());
    claim.answer(operateNow);
    return { ...served, operate: operateNow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(
  options: EndpointOptions,
  storage: Storage,
  host: string,
  demo: boolean,
  undo: (() => Promise<void>)[],
): Promise<Pick<Endpoint, 'url' | 'endpointKey' | 'checkpointKey'>> {
  const { dataDir, keyFile = join(dataDir, 'endpoint-key.json'), now = Date.now, port = 0, log = 'silent' } = options;
  const { entries: signingKey, checkpoints: checkpointKey } = await endpointKeysFrom(keyFile);
  await storage.claimFor(signingKey.author);
  if (demo) await seedDemo(storage);
  const positions = await Positions.over(storage);
  const encapsulations = new Encapsulations();
  const rosters = new Rosters({ endpointKey: signingKey.author, checkpointKey: checkpointKey.author });
  const checkpointNotes = new CheckpointNotes(join(dataDir, 'checkpoints'));
  const limits = { ...(demo ? demoLimits : defaultLimits), ...options.limits };
  const clock = { now };
  const service = {
    storage,
    signingKey,
    checkpointKey,
    clock,
    encapsulations,
    rosters,
    withdrawals: new Map(),
    checkpointNotes,
    positions,
    limits,
    demo,
  };
  const app = await buildApp(service, log);
  const tidying = setInterval(() => {
    // A failure here is met again, and told, by the next request.
    storage.forgetTokens(now()).catch(() => undefined);
  }, tidyEvery).unref();
  const destroying = startDestroying(service);
  undo.push(async () => {
    clearInterval(tidying);
    await destroying.stop();
    await closeApp(app);
    encapsulations.close();
  });
  const url = await app.listen({ host, port });
  return { url, endpointKey: signingKey.author, checkpointKey: checkpointKey.author };
}
