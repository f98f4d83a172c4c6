import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../environment.ts';
import { exitOf, stopChild } from './child.ts';

const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** Milliseconds without a new byte after which fetching is given up, and for all of it. */
const mostSilence = 5_000;
const mostTime = 5 * 60_000;

/** Absolute path of Electron's program, or null when it is not on this computer. */
export async function findElectron(): Promise<string | null> {
  // `require('electron')` would fetch it, unbounded.
  const program = await readFile(join(electron, 'path.txt'), 'utf8').catch(() => null);
  if (program === null) return null;
  const path = join(electron, 'dist', program);
  return existsSync(path) ? path : null;
}

/**
 * Runs the Electron package's own installer, which checks what it fetches, for as long as bytes arrive.
 * @param tell is told once that bytes do arrive, as there are a hundred megabytes of them
 */
export async function fetchElectron(
  tell: (line: string) => void,
  settings: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  const temporary = await mkdtemp(join(tmpdir(), 'probity-electron-'));
  const installer = spawn(process.execPath, [join(electron, 'install.js')], {
    env: childEnvironment({ ...settings, TMPDIR: temporary, TEMP: temporary, TMP: temporary }),
    stdio: 'ignore',
  });
  const stop = () => void stopChild(installer);
  const watch = watchGrowth([temporary, join(electron, 'dist')], tell, stop);
  const limit = setTimeout(stop, mostTime);
  await exitOf(installer);
  clearTimeout(limit);
  clearInterval(watch);
  await rm(temporary, { recursive: true, force: true });
  return findElectron();
}

function watchGrowth(folders: readonly string[], tell: (line: string) => void, stop: () => void) {
  let bytes = 0;
  let told = false;
  let grewAt = performance.now();
  const look = async () => {
    const now = (await Promise.all(folders.map(bytesIn))).reduce((sum, size) => sum + size, 0);
    if (now > bytes) {
      bytes = now;
      grewAt = performance.now();
      if (!told) tell('Fetching Electron (about 120 MB, once) ...');
      told = true;
    } else if (performance.now() - grewAt > mostSilence) stop();
  };
  return setInterval(() => void look(), 500);
}

async function bytesIn(folder: string): Promise<number> {
  // What vanishes while it is counted counts nothing.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = files.map(async (file) => (await stat(file).catch(() => null))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
