import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { childEnvironment } from '../environment.ts';
import { spawnGuarded } from './child.ts';

type Environment = Readonly<Record<string, string>>;

export const hasDisplay = (environment: Environment = childEnvironment()): boolean =>
  process.platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);

/**
 * Opens an installed Chromium browser in app mode, with a profile of its own inside `profile`; null when there is none.
 * The token is on its command line, where other users of this computer may see it: development only.
 */
export function openBrowser(
  url: string,
  profile: string,
  environment: Environment = childEnvironment(),
): ChildProcess | null {
  const program = findBrowser(environment);
  if (!program) return null;
  const flags = ['--no-first-run', '--no-default-browser-check', '--disable-sync', '--disable-background-networking'];
  const child = spawnGuarded(
    program,
    [`--app=${url}`, `--user-data-dir=${join(profile, 'browser')}`, ...flags],
    'ignore',
  );
  // The address is printed in any case.
  child.on('error', () => undefined);
  return child;
}

const findBrowser = (environment: Environment): string | undefined =>
  candidates(environment).find((path) => existsSync(path));

function candidates(environment: Environment): string[] {
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => environment[name] ?? '');
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return folders.filter(Boolean).flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
