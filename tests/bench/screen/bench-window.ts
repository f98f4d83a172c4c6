import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { createDevelopmentHost } from '#build/browser-host/development-host.ts';
import { startBrowserHost } from '#build/browser-host/start-browser-host.ts';
import { chromiumLaunchOptions } from '#build/chromium.ts';
import { rendererDir } from '#build/start/fresh-renderer.ts';
import type { Host } from '#electron/host/host.ts';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { CallName } from '#shared/bridge/contract.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { freePort } from '#tests/support/free-port.ts';
import { passphrase } from '#tests/support/workstation.ts';
import type { BenchSource } from '../source.ts';

/** What a workstation keeps on its own disk; the rest is the endpoint's, or was settled when the unit was founded. */
const ofDisk = /^(journal|attempt|draft|clipboard)\.|^(host\.room|window\.locked)$/;

function hostOf(source: BenchSource, profile: string): Host {
  const local = createDevelopmentHost({ profile, endpoint: null, demo: null });
  return {
    ...local,
    handle: (name, request) =>
      ofDisk.test(String(name)) ? local.handle(name, request) : source.call(name as CallName, request),
  };
}

/**
 * The founder's slot comes into the window by the journal, as after a lost database: all else the window brings in and
 * makes by itself.
 */
async function plantFounder({ founding }: BenchSource, host: Host): Promise<void> {
  const ask = { call: async (name: CallName, request: unknown) => host.handle(name, request) as never };
  const store = await openJournaledStore(createMemoryStore(), ask, fromBase64url(founding.deviceSecret));
  await store.commit(
    founding.rows.map(({ table, row }) => ({ table, put: [{ ...row, box: fromBase64url(row.box) }] })),
  );
}

export interface BenchWindow extends AsyncDisposable {
  /** Runs a task in the unlocked window of a browser that was freshly started. */
  inPage<T>(task: (page: Page) => Promise<T>): Promise<T>;
}

const size = { width: 1920, height: 1080 };

/** The window as it is built, with the real vault in its worker, on a workstation of the source's unit. */
export async function openBenchWindow(source: BenchSource): Promise<BenchWindow> {
  const profile = await mkdtemp(join(tmpdir(), 'probity-bench-window-'));
  const onDisk = join(profile, 'host');
  await mkdir(onDisk);
  const founding = hostOf(source, onDisk);
  await plantFounder(source, founding);
  founding.close();
  // What a browser stores, it stores by port.
  const port = await freePort();

  return {
    async inPage(task) {
      const server = await startBrowserHost({ host: hostOf(source, onDisk), port, rendererDir });
      const options = { ...(await chromiumLaunchOptions()), viewport: size };
      const context = await chromium.launchPersistentContext(join(profile, 'browser'), options);
      try {
        return await task(await unlock(context, server.url));
      } finally {
        await context.close();
        await server.close();
      }
    },
    [Symbol.asyncDispose]: () => rm(profile, { recursive: true, force: true }),
  };
}

async function unlock(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByRole('grid', { name: 'Queue' }).waitFor({ timeout: 120_000 });
  return page;
}
