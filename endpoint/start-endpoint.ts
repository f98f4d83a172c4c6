/**
 * The endpoint as a function, for the command line, `npm start` and tests. Owns its data folder while it runs; keeps
 * nothing readable in it, and never writes a report, a name or an address to its log.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { isLoopback, seedDemo } from './demo.ts';
import { currentKeys } from './endpoint-keys.ts';
import { buildApp, closeApp } from './http/build-app.ts';
import { defaultLimits, demoLimits, type RateLimits } from './http/rate-limits.ts';
import { Encapsulations } from './intake/encapsulations.ts';
import { type EndpointPlace, type OpenEndpoint, openEndpoint } from './open-endpoint.ts';
import { demoOperatorKeyName, openDemoOperator, publishDemoDirectory } from './operator/demo-directory.ts';
import { claimFolder } from './operator/folder-claim.ts';
import { type Order, type OrderReply, operate } from './operator/operate.ts';
import { startDestroying } from './unit-log/destroy-withdrawn.ts';
import { Positions } from './unit-log/positions.ts';
import { tellUnits } from './unit-log/replace-keys.ts';

export interface EndpointOptions extends EndpointPlace {
  /** 0 takes any that is free. */
  readonly port?: number;
  readonly host?: string;
  readonly demo?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly limits?: Partial<RateLimits>;
  readonly log?: Writable | 'silent';
  /** Addresses and networks (`10.0.0.0/8`) of proxies: whom they say that they speak for is believed. */
  readonly trustedProxies?: readonly string[];
}

export interface Endpoint {
  readonly url: string;
  /** Those of today. */
  readonly endpointKey: AuthorKey;
  readonly checkpointKey: AuthorKey;
  /** Null while the endpoint was not told. */
  readonly operatorKey: AuthorKey | null;
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
    const endpoint = await openEndpoint(options, options.now ?? Date.now);
    undo.push(() => endpoint.storage.close());
    // What a replacement of the keys left undone.
    await tellUnits(endpoint);
    const publish = demo ? await startDemo(endpoint) : await refuseDemoData(endpoint);
    const served = await serve(options, endpoint, host, demo, publish, undo);
    const operateNow = async (order: Order) => {
      const reply = await operate(endpoint, order);
      if (order.order === 'addUnit' || order.order === 'replaceKeys') await publish();
      return reply;
    };
    claim.answer(operateNow);
    return {
      ...{ ...served, operate: operateNow, close },
      get endpointKey() {
        return currentKeys(endpoint.keys).endpointKey;
      },
      get checkpointKey() {
        return currentKeys(endpoint.keys).checkpointKey;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Publishes the directory, where that is for the endpoint itself to do. */
type Publish = () => Promise<void>;

async function startDemo(endpoint: OpenEndpoint): Promise<Publish> {
  await seedDemo(endpoint.storage);
  const operator = await openDemoOperator(endpoint);
  const publish = async () => {
    if (operator) await publishDemoDirectory(endpoint, operator);
  };
  await publish();
  return publish;
}

/** Of real units, the operator signs the directory. @throws where their key lies beside what it is to protect */
async function refuseDemoData({ keyFolder }: OpenEndpoint): Promise<Publish> {
  if (existsSync(join(keyFolder, demoOperatorKeyName))) {
    throw new Error('This is the data of a demonstration, which only --demo may serve. Begin with an empty folder.');
  }
  return async () => undefined;
}

async function serve(
  options: EndpointOptions,
  endpoint: OpenEndpoint,
  host: string,
  demo: boolean,
  whenFounded: Publish,
  undo: (() => Promise<void>)[],
): Promise<Pick<Endpoint, 'url' | 'operatorKey'>> {
  const { port = 0, log = 'silent', trustedProxies = [] } = options;
  const { storage, operator } = endpoint;
  const positions = await Positions.over(storage);
  const encapsulations = new Encapsulations();
  const limits = { ...(demo ? demoLimits : defaultLimits), ...options.limits };
  const service = {
    ...endpoint,
    encapsulations,
    withdrawals: new Map(),
    positions,
    limits,
    demo,
    whenFounded,
  };
  const app = await buildApp(service, { log, trustedProxies });
  if (demo) app.log.warn('A demonstration: it signs its directory itself, which a real endpoint never can');
  const tidying = setInterval(() => {
    // A failure here is met again, and told, by the next request.
    storage.forgetTokens(endpoint.clock.now()).catch(() => undefined);
  }, tidyEvery).unref();
  const destroying = startDestroying(service);
  undo.push(async () => {
    clearInterval(tidying);
    await destroying.stop();
    await closeApp(app);
    encapsulations.close();
  });
  const url = await app.listen({ host, port });
  return { url, operatorKey: await operator.read() };
}
