import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunchOptions } from '#build/chromium.ts';
import { listWindowFiles } from '#electron/window-files.ts';
import type { HostileFile } from './hostile-files/hostile-file.ts';
import type { Taken } from './strip-page/strip-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mib = 1024 * 1024;

export interface Measured extends Taken {
  readonly name: string;
  readonly milliseconds: number;
  /** MiB that the page's process had at most, from before the file until after it. Not a number where there is no /proc. */
  readonly peak: number;
}

/** A page that takes files apart as the product does: bundled by the same configuration, under the same content policy. */
export async function startStripInChromium() {
  const dist = await mkdtemp(join(tmpdir(), 'probity-strip-'));
  await build({
    configFile: join(root, 'build/vite.renderer.ts'),
    root: join(root, 'tests/support/strip-page'),
    logLevel: 'warn',
    build: { outDir: dist },
  });
  const files = (await listWindowFiles(dist))();
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await files(new URL(request.url ?? '/', 'http://localhost').pathname);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const page = await browser.newPage();
  let crashes = 0;
  page.on('crash', () => {
    crashes += 1;
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const renderer = await findRenderer(browser, page);
  return {
    dist,
    crashes: () => crashes,
    take: (file: HostileFile, seconds: number) => take(page, renderer, file, seconds),
    async close() {
      await browser.close();
      server.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}

async function take(page: Page, renderer: string | null, file: HostileFile, seconds: number): Promise<Measured> {
  await page.evaluate((bytes) => window.hold(bytes), Buffer.from(file.make()).toString('base64'));
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  // What a process had at most is counted from here.
  if (renderer) await writeFile(`/proc/${renderer}/clear_refs`, '5').catch(() => undefined);
  const began = performance.now();
  const taken = await page.evaluate(([type, limit]) => window.takeApart(type, limit), [file.type, seconds] as const);
  return { ...taken, name: file.name, milliseconds: performance.now() - began, peak: await peakOf(renderer) };
}

async function peakOf(renderer: string | null): Promise<number> {
  if (!renderer) return Number.NaN;
  const status = await readFile(`/proc/${renderer}/status`, 'utf8').catch(() => '');
  return (Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) * 1024) / mib;
}

/** The process whose memory grows with what the page holds: its id is not told, so it is found by that. */
async function findRenderer(browser: Browser, page: Page): Promise<string | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => String(id));
  const before = await Promise.all(ids.map(residentOf));
  await page.evaluate((size) => {
    (globalThis as { held?: unknown }).held = new Uint8Array(size).fill(1);
  }, 64 * mib);
  const grown = (await Promise.all(ids.map(residentOf))).map((after, index) => after - (before[index] ?? 0));
  await page.evaluate(() => {
    (globalThis as { held?: unknown }).held = null;
  });
  const most = grown.indexOf(Math.max(...grown));
  return (await readdir('/proc').catch(() => [])).length > 0 ? (ids[most] ?? null) : null;
}

async function residentOf(id: string): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}
