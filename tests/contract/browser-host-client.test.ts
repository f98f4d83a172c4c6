import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startBrowserHost } from '#build/browser-host/start-browser-host.ts';
import { chromiumLaunchOptions } from '#build/chromium.ts';
import type { Host } from '#electron/host/host.ts';
import type { HostEvent, Probity } from '#shared/bridge/contract.ts';
import { createEventRelay } from '#shared/bridge/event-relay.ts';
import { testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

declare global {
  interface Window {
    events: HostEvent[];
  }
}

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(await chromiumLaunchOptions());
}, 60_000);
afterAll(() => browser.close());

const html = '<html><head></head><body><script type="module" src="/main.js"></script></body></html>';
const main = 'window.events = []; window.probity.subscribe((event) => window.events.push(event));';

async function open(changes: Partial<Host> = {}) {
  const rendererDir = await temporaryFolder();
  await writeFile(join(rendererDir, 'index.html'), html);
  await writeFile(join(rendererDir, 'main.js'), main);
  await writeFile(join(rendererDir, 'worker.js'), workerScript);
  const real = testHost({ profile: await temporaryFolder() });
  const relay = createEventRelay();
  relay.publish({ type: 'logAdvanced', position: 3 });
  const start = (port: number) =>
    startBrowserHost({ host: { ...real, subscribe: relay.subscribe, ...changes }, port, rendererDir });
  const server = await start(0);
  onTestFinished(() => server.close());
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(server.url);
  return { page, server, relay, restart: () => start(Number(new URL(server.url).port)) };
}

/** The least WebAssembly module there is. */
const workerScript = `const module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const wasm = WebAssembly.compile(module).then(() => true, () => false);
const network = fetch('/main.js').then(() => true, () => false);
Promise.all([wasm, network]).then(([wasm, network]) => postMessage({ wasm, network }));`;

const describeHost = (page: Page) =>
  page.evaluate(() => (window as unknown as { probity: Probity }).probity.call('host.describe', {}));

test('the page has window.probity before its own script, and the token leaves the address', async () => {
  const { page, server } = await open();
  expect(await describeHost(page)).toMatchObject({ ok: true, reply: { kind: 'browser' } });
  await expect.poll(() => page.evaluate(() => window.events)).toEqual([{ type: 'logAdvanced', position: 3 }]);
  expect(page.url()).toBe(`${new URL(server.url).origin}/`);
});

test('bytes go to the host and come back as bytes', async () => {
  const sent: unknown[] = [];
  const { page } = await open({
    handle: async (_, request) => {
      sent.push(request);
      return { ok: true, reply: { page: (request as { push: Uint8Array<ArrayBuffer> }).push } };
    },
  });
  const back = await page.evaluate(async () => {
    const { probity } = window as unknown as { probity: Probity };
    const view = new Uint8Array([9, 0, 127, 255, 9]).subarray(1, 4);
    const result = (await probity.call('log.push', { push: view })) as { reply?: { page?: unknown } };
    const bytes = result.reply?.page;
    return bytes instanceof Uint8Array ? [...bytes] : null;
  });
  expect(sent).toEqual([{ push: new Uint8Array([0, 127, 255]) }]);
  expect(back).toEqual([0, 127, 255]);
});

test('reloading goes on working; another tab without the token is refused in plain words', async () => {
  const { page, server } = await open();
  await page.reload();
  expect(await describeHost(page)).toMatchObject({ ok: true });
  const stranger = await browser.newPage();
  onTestFinished(() => stranger.close());
  await stranger.goto(new URL(server.url).origin);
  expect(await describeHost(stranger)).toMatchObject({ ok: false, failure: { code: 'host-restarted', retry: false } });
});

test('a host that went away is told as being offline, and one with another token is not hammered', async () => {
  const { page, server, restart } = await open();
  await describeHost(page);
  await server.close();
  await expect.poll(() => page.evaluate(() => window.events.at(-1))).toEqual({ type: 'connection', online: false });
  expect(await describeHost(page)).toMatchObject({ ok: false, failure: { code: 'host-unreachable', retry: true } });
  const again = await restart();
  onTestFinished(() => again.close());
  await expect
    .poll(() => describeHost(page), { timeout: 5_000 })
    .toMatchObject({ failure: { code: 'host-restarted' } });
});

test('the policy lets a worker compile WebAssembly and reach nothing, and a style in by its nonce only', async () => {
  const { page } = await open();
  const inWorker = page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('/worker.js').onmessage = ({ data }) => resolve(data);
      }),
  );
  expect(await inWorker).toEqual({ wasm: true, network: false });
  const styled = await page.evaluate(() => {
    const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '';
    const widths = [nonce, ''].map((each) => {
      const style = document.createElement('style');
      style.nonce = each;
      style.textContent = `body { width: ${each ? 123 : 321}px }`;
      document.head.append(style);
      return document.body.offsetWidth;
    });
    return widths;
  });
  expect(styled).toEqual([123, 123]);
});
