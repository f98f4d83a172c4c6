import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { childEnvironment } from '../environment.ts';
import type { GivenElectron, Tools } from './plan-dist.ts';

type Environment = Readonly<Record<string, string>>;

const isOnPath = (program: string, { PATH = '' }: Environment): boolean =>
  PATH.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

export const findTools = (environment: Environment = childEnvironment()): Tools => ({
  fpm: isOnPath('fpm', environment),
  dpkgDeb: isOnPath('dpkg-deb', environment),
  appImage: environment.APPIMAGE_TOOLS_PATH ?? null,
  nsis: environment.ELECTRON_BUILDER_NSIS_DIR ?? null,
});

const programs = { linux: 'electron', win: 'electron.exe', mac: 'Electron.app' } as const;

/** Null where there is no Electron in it. */
export async function readElectron(given: string): Promise<GivenElectron | null> {
  const folder = resolve(given);
  const systems = Object.keys(programs) as (keyof typeof programs)[];
  const system = systems.find((each) => existsSync(join(folder, programs[each])));
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => null);
  return system && version !== null ? { folder, system, version: version.trim().replace(/^v/, '') } : null;
}
