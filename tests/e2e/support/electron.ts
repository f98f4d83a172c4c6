import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { childEnvironment } from '#build/environment.ts';
import type { StartOptions } from '#electron/start-options.ts';
import { toBase64url, toBytes } from '#shared/crypto/encoding.ts';
import { type BrowserOptions, launch, type RunningBrowser } from './browser.ts';
import { hostsIn } from './net-log.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * The desktop application from the built bundles, as `npm start` starts it. When it is closed, its own log of the network
 * must name nobody but the endpoint.
 */
export async function startElectron(
  program: string,
  handedOver: StartOptions & { readonly profile: string; readonly endpoint: string },
  { viewport = { width: 1440, height: 900 }, colorScheme }: BrowserOptions,
): Promise<RunningBrowser> {
  const netLog = `${handedOver.profile}-net-log.json`;
  await mkdir(handedOver.profile, { recursive: true });
  await rm(netLog, { force: true });
  const argument = `--probity=${toBase64url(toBytes(handedOver))}`;
  // A window behind another draws all the same: Playwright waits for it.
  const drawing = ['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'];
  const flags = ['--remote-debugging-port=0', `--log-net-log=${netLog}`, ...drawing];
  const running = await launch(program, [...flags, root, argument], childEnvironment(), viewport, colorScheme);
  return {
    ...running,
    async close() {
      await running.close();
      expect(hostsIn(await readFile(netLog, 'utf8'))).toEqual(new Set([new URL(handedOver.endpoint).hostname]));
    },
  };
}
