import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '#build/chromium.ts';

export interface RunningBrowser {
  readonly page: Page;
  /** Kills the process of the page alone. Resolves with the page that comes in its place, if one does. */
  killPage(): Promise<Page>;
  /** SIGKILL, as a power cut is for a process. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** Chromium as a process of our own on a profile folder, so that a test can kill it where it stands. */
export async function startBrowser(profile: string, options: BrowserOptions = {}): Promise<RunningBrowser> {
  const { executablePath, args, env } = await chromiumLaunchOptions();
  const { width, height } = options.viewport ?? { width: 1440, height: 900 };
  const flags = [
    ...args,
    '--headless',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    `--window-size=${width},${height}`,
    '--lang=en-GB',
  ];
  return launch(executablePath, [...flags, 'about:blank'], env, { width, height }, options.colorScheme);
}

/** Any Chromium that listens for a debugger, with its first page at this size. */
export async function launch(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  size: { readonly width: number; readonly height: number },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<RunningBrowser> {
  // A group of its own: the kill takes its helpers with it.
  const child = spawn(program, args, {
    env: { ...env, TZ: 'Europe/London' },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await addressOf(child);
  // Electron has none of what Playwright sets up in a browser by default.
  const connect = () => chromium.connectOverCDP(address, { noDefaults: true });
  let browser = await connect();
  const page = await firstPage(browser);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
    await exited;
    await browser.close().catch(() => undefined);
  };
  return {
    page,
    kill,
    async killPage() {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const crashed = page.waitForEvent('crash');
      for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
      await crashed;
      // Playwright takes a page that crashed for gone: it is found again by another connection, made when it is back.
      let next: Page | undefined;
      await expect(async () => {
        await browser.close();
        browser = await connect();
        next = browser.contexts()[0]?.pages()[0];
        expect(await next?.title()).toBe('Probity');
      }).toPass({ timeout: 15_000 });
      return next as Page;
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      const gone = await Promise.race([exited, new Promise((resolve) => setTimeout(() => resolve(null), 5_000))]);
      if (!gone) await kill();
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stderr ?? []) {
    said += chunk;
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (!address) continue;
    // Read on, or the pipe fills and the browser stops.
    child.stderr?.resume();
    return address;
  }
  throw new Error(`Chromium did not start: ${said}`);
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  if (!context) throw new Error('Chromium has no window.');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}
