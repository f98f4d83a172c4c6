import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { createDevelopmentHost } from '#build/browser-host/development-host.ts';
import { type BrowserHost, startBrowserHost } from '#build/browser-host/start-browser-host.ts';
import { demoMembers } from '#build/demo/members.ts';
import { rendererDir } from '#build/start/fresh-renderer.ts';
import type { Host } from '#electron/host/host.ts';
import { demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { type Endpoint, startEndpoint } from '#endpoint/start-endpoint.ts';
import type { Intake } from '#shared/domain/report/intake.ts';
import { EndpointClient } from '#tests/support/endpoint-client.ts';
import { plantDatabase } from '#tests/support/endpoint-database.ts';
import { electronProgram } from '#tests/support/environment.ts';
import { freePort } from '#tests/support/free-port.ts';
import { type BrowserOptions, type RunningBrowser, startBrowser } from './browser.ts';
import { startElectron } from './electron.ts';
import { WorkbenchPage } from './workbench-page.ts';

interface Options extends BrowserOptions {
  /** Milliseconds by which a write to the journal takes longer than the disk needs. In the browser host only. */
  readonly savingTakes?: number;
}

const withSlowDisk = (host: Host, savingTakes: number): Host => ({
  ...host,
  handle: async (name, request) => {
    if (name === 'journal.append') await sleep(savingTakes);
    return host.handle(name, request);
  },
});

/**
 * A whole workstation and its endpoint, each in a temporary folder: the real renderer, vault, IndexedDB, host and
 * PGlite. Everything can be stopped and started again on what it left behind.
 */
export class Workstation {
  readonly folder: string;
  /** One-time code of a unit that this workstation is to found; null: the invented unit, with its invented members. */
  readonly code: string | null;
  readonly #endpointPort: number;
  readonly #hostPort: number;
  #endpoint: Endpoint | null = null;
  #host: BrowserHost | null = null;
  #browser: RunningBrowser | null = null;
  #intake: EndpointClient | null = null;

  private constructor(folder: string, endpointPort: number, hostPort: number, code: string | null) {
    this.folder = folder;
    this.code = code;
    this.#endpointPort = endpointPort;
    this.#hostPort = hostPort;
  }

  static async create(): Promise<Workstation> {
    const folder = await mkdtemp(join(tmpdir(), 'probity-e2e-'));
    const workstation = new Workstation(folder, await freePort(), await freePort(), null);
    await plantDatabase(workstation.endpointFolder);
    await workstation.startEndpoint();
    return workstation;
  }

  /** A workstation of another force's unit, at the same endpoint. Whoever runs that has just made it a code. */
  async neighbour(force: string, forceName: string, name: string): Promise<Workstation> {
    const added = await this.#endpoint?.operate({
      order: 'addUnit',
      force,
      forceName,
      jurisdiction: 'englandAndWales',
      name,
    });
    if (!(added && 'code' in added)) throw new Error(`The endpoint added no unit of ${force}.`);
    const folder = await mkdtemp(join(tmpdir(), 'probity-e2e-'));
    return new Workstation(folder, this.#endpointPort, await freePort(), added.code);
  }

  get endpointUrl(): string {
    return `http://127.0.0.1:${this.#endpointPort}`;
  }

  /** Folders in which nothing readable may be found. */
  get endpointFolder(): string {
    return join(this.folder, 'endpoint');
  }
  get profileFolder(): string {
    return join(this.folder, 'profile');
  }

  /** Of the profile, what the browser engine keeps for the page: its databases. */
  get engineFolder(): string {
    const own = electronProgram === null ? ['browser', 'Default'] : ['session', 'Partitions', 'probity'];
    return join(this.profileFolder, ...own);
  }

  async startEndpoint(): Promise<void> {
    this.#endpoint = await startEndpoint({ dataDir: this.endpointFolder, port: this.#endpointPort, demo: true });
  }

  async stopEndpoint(): Promise<void> {
    await this.#endpoint?.close();
    this.#endpoint = null;
  }

  /** Starts host and browser, or Electron, which is both, on what an earlier start left behind. */
  async open({ savingTakes = 0, ...options }: Options = {}): Promise<WorkbenchPage> {
    const handedOver = {
      profile: this.profileFolder,
      endpoint: this.endpointUrl,
      demo: this.code ? null : { code: demoWorkstationCode, members: [...demoMembers], isNew: false },
      keyFile: false,
    };
    if (electronProgram !== null) {
      this.#browser = await startElectron(electronProgram, handedOver, options);
      return new WorkbenchPage(this.#browser.page);
    }
    const host = withSlowDisk(createDevelopmentHost(handedOver), savingTakes);
    this.#host = await startBrowserHost({ host, port: this.#hostPort, rendererDir });
    this.#browser = await startBrowser(join(this.profileFolder, 'browser'), options);
    await this.#browser.page.goto(this.#host.url);
    return new WorkbenchPage(this.#browser.page);
  }

  /** Of the browser that is open. */
  get page(): Page {
    if (!this.#browser) throw new Error('No browser is open.');
    return this.#browser.page;
  }

  /** As a crash of the page alone, which a desktop application survives. */
  async killPage(): Promise<WorkbenchPage> {
    if (!this.#browser) throw new Error('No browser is open.');
    return new WorkbenchPage(await this.#browser.killPage());
  }

  /** As a crash: the browser is killed, and the host with it. */
  async kill(): Promise<void> {
    await this.#browser?.kill();
    await this.#host?.close();
    this.#browser = null;
    this.#host = null;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#host?.close();
    this.#browser = null;
    this.#host = null;
  }

  /** As the contact centre does. Returns the reference. */
  async report(intake: Intake): Promise<string> {
    this.#intake ??= await EndpointClient.enrolled(this.endpointUrl, demoIntakeCode);
    return this.#intake.postReport(intake);
  }

  async dispose(): Promise<void> {
    await this.close();
    await this.stopEndpoint();
    await rm(this.folder, { recursive: true, force: true });
  }
}
