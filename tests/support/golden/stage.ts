import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { createHost, type Host as RealHost } from '#electron/host/host.ts';
import type { SecretStore } from '#electron/host/sealed-file.ts';
import type { Order, OrderReply } from '#endpoint/operator/operate.ts';
import { type Endpoint, startEndpoint } from '#endpoint/start-endpoint.ts';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import { importStoredKey, newStoredKey, type StoredKey } from '#endpoint/stored-key.ts';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Directory, signDirectory } from '#shared/sync/directory.ts';
import { EndpointClient } from '../endpoint-client.ts';
import { plantDatabase } from '../endpoint-database.ts';
import type { GoldenDirectory } from './golden-file.ts';

/*
 * Where the golden history is played: the real endpoint on PGlite, real hosts that reach it over HTTP, and a clock that
 * stands still unless it is told to go on.
 */

/** What the files of a host are sealed with here: nothing, so that the golden files show what is in them. */
export const openSecrets: SecretStore = { seal: async (bytes) => bytes, open: async (bytes) => bytes };

/** The address that stands in the golden files. Where the endpoint listens really is another matter at each run. */
export const statedOrigin = 'http://127.0.0.1:4610';

/** One workstation of a unit: its disk, and the host that has the way to the endpoint. */
export interface Workplace {
  readonly unit: UnitId;
  readonly force: string;
  /** The one-time code that it was enrolled with. */
  readonly code: string;
  readonly profile: string;
  readonly bridge: RealHost;
  readonly store: MemoryStore;
  readonly host: Host;
  /** What was asked of the host last, by the name of the call. */
  readonly asked: ReadonlyMap<string, unknown>;
}

export class Stage {
  #now = Date.parse('2026-11-19T08:00:00.000Z');
  #endpoint: Endpoint | null = null;
  readonly #folders: string[] = [];
  dataDir = '';
  #operator: StoredKey | null = null;
  #published: Pick<GoldenDirectory, 'document' | 'directory'> | null = null;

  readonly now = (): number => this.#now;

  pass(minutes: number): void {
    this.#now += minutes * 60_000;
  }

  get endpoint(): Endpoint {
    if (!this.#endpoint) throw new Error('The endpoint does not run.');
    return this.#endpoint;
  }

  async begin(): Promise<void> {
    this.dataDir = await this.#folder();
    await plantDatabase(this.dataDir);
    await this.#start();
    this.#operator = await newStoredKey();
    await this.#order({ order: 'trustOperator', operatorKey: this.#operator.author });
  }

  /** Who signs the directory: their key never was with the endpoint. */
  get operator(): StoredKey {
    if (!this.#operator) throw new Error('The endpoint was told no operator.');
    return this.#operator;
  }

  /** The directory that was published last. */
  get published(): Pick<GoldenDirectory, 'document' | 'directory'> {
    if (!this.#published) throw new Error('There is no directory.');
    return this.#published;
  }

  async #start(): Promise<void> {
    this.#endpoint = await startEndpoint({ dataDir: this.dataDir, now: this.now });
  }

  async #folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'probity-golden-'));
    this.#folders.push(folder);
    return folder;
  }

  async #order(order: Order): Promise<Exclude<OrderReply, { refused: string }>> {
    const done = await this.endpoint.operate(order);
    if ('refused' in done) throw new Error(done.refused);
    return done;
  }

  async #code(order: Order): Promise<{ unit: UnitId | null; code: string }> {
    const done = await this.#order(order);
    if (!('code' in done)) throw new Error('no code');
    return done;
  }

  /** The endpoint's keys are replaced, and each log is told. */
  async replaceKeys(): Promise<void> {
    await this.#order({ order: 'replaceKeys' });
  }

  /** The operator signs who founded the units that there are. */
  async publishDirectory(): Promise<void> {
    const drafted = await this.#order({ order: 'draftDirectory' });
    if (!('draft' in drafted)) throw new Error('no draft');
    const number = (this.#published?.directory.number ?? 0) + 1;
    const directory: Directory = { ...drafted.draft, number, issuedAt: new Date(this.now()).toISOString() };
    const document = await signDirectory(directory, await importStoredKey(this.operator));
    await this.#order({ order: 'publishDirectory', document });
    this.#published = { document, directory };
  }

  /** A unit of an invented force, with its first workstation. */
  async addUnit(force: string, forceName: string, name: string): Promise<Workplace> {
    const { unit, code } = await this.#code({
      order: 'addUnit',
      force,
      forceName,
      jurisdiction: 'englandAndWales',
      name,
    });
    const profile = await this.#folder();
    const bridge = createHost({
      ...{ profile, secrets: openSecrets, endpoint: null, demo: null, version: '0.1.0', kind: 'electron' as const },
      clipboard: createClipboardGuard([]),
      now: this.now,
      room: async () => 250_000_000_000,
      fetch: (url, init) => fetch(url.replace(statedOrigin, this.endpoint.url), init),
    });
    await bridge.handle('device.enrol', { endpoint: statedOrigin, code });
    return { unit: unit as UnitId, force, code, profile, bridge, store: createMemoryStore(), ...hostOver(bridge) };
  }

  async addIntake(): Promise<{ readonly client: EndpointClient; readonly code: string }> {
    const { code } = await this.#code({ order: 'intakeCode', organisation: 'crimestoppers' });
    return { client: await EndpointClient.enrolled(this.endpoint.url, code, this.now), code };
  }

  /** Stops the endpoint, does something with its database, and starts it again. */
  async withDatabase<T>(task: (sql: Sql) => Promise<T>): Promise<T> {
    await this.endpoint.close();
    const sql = await pgliteSql(this.dataDir);
    try {
      return await task(sql);
    } finally {
      await sql.close();
      await this.#start();
    }
  }

  async end(): Promise<void> {
    await this.#endpoint?.close();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}

function hostOver(bridge: RealHost): Pick<Workplace, 'host' | 'asked'> {
  const asked = new Map<string, unknown>();
  const call: Host['call'] = async (name, request) => {
    asked.set(name, request);
    return bridge.handle(name, request) as never;
  };
  return { host: { call }, asked };
}

/** A computer beside the first one of the unit. */
export interface Beside {
  readonly store: Store;
  readonly host: Host;
  /** Whether it is on the network. */
  online: boolean;
}

/** With a copy of the first one's disk as it is now. */
export function beside({ store, host }: Pick<Workplace, 'store' | 'host'>): Beside {
  const copy: Beside = {
    store: createMemoryStore(store),
    online: true,
    host: {
      call: async (name, request) =>
        copy.online ? host.call(name, request) : { ok: false, failure: { code: 'offline', params: {}, retry: true } },
    },
  };
  return copy;
}
