import type { ChildProcess } from 'node:child_process';
import { windowUrl } from '#electron/origin.ts';
import type { StartOptions as HandedOver } from '#electron/start-options.ts';
import { createDevelopmentHost } from '../browser-host/development-host.ts';
import { startBrowserHost } from '../browser-host/start-browser-host.ts';
import { buildElectron } from '../bundles.ts';
import { stopGuarded } from './child.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { openElectronWindow } from './electron-window.ts';
import { rendererDir } from './fresh-renderer.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';
import type { StartOptions } from './options.ts';

export interface Opened {
  readonly url: string;
  /** The window's process; null where the person opens the address. */
  readonly window: ChildProcess | null;
}

type Tell = (line: string) => void;

/** Electron where it can be had, else the browser host. What it starts is put on `running`, to be ended with it. */
export async function openWorkbench(
  options: StartOptions,
  handedOver: HandedOver,
  running: AsyncDisposableStack,
  tell: Tell,
): Promise<Opened> {
  const electron = await openElectron(options, handedOver, tell);
  if (electron) {
    running.defer(() => stopGuarded(electron));
    return { url: windowUrl, window: electron };
  }
  if (options.host === 'electron') throw new Error('Electron could not be started. Leave out --host to use a browser.');
  return openBrowserHost(options, handedOver, running);
}

async function openElectron(options: StartOptions, handedOver: HandedOver, tell: Tell): Promise<ChildProcess | null> {
  if (options.host === 'browser' || !options.open) return null;
  if (options.host === null && !hasDisplay()) {
    tell('There is no display for Electron; open the address in a browser.');
    return null;
  }
  const program = (await findElectron()) ?? (await fetchElectron(tell));
  if (!program) {
    tell('Electron is not on this computer and could not be fetched; a browser takes its place.');
    return null;
  }
  await buildElectron('error');
  const window = await openElectronWindow(program, handedOver);
  if (!window) tell('Electron ended before it showed a window; a browser takes its place.');
  return window;
}

async function openBrowserHost(
  { port, open, profile }: StartOptions,
  { endpoint, demo }: HandedOver,
  running: AsyncDisposableStack,
): Promise<Opened> {
  const host = createDevelopmentHost({ profile, endpoint, demo });
  const server = await startBrowserHost({ host, port, rendererDir });
  running.defer(() => server.close());
  const browser = open && hasDisplay() ? openBrowser(server.url, profile) : null;
  if (browser) running.defer(() => stopGuarded(browser));
  // Closing that browser's window stops nothing: the address still serves.
  return { url: server.url, window: null };
}
