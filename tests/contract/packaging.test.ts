import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { suiteFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);
const silent = { isEnabled: false } as Parameters<typeof validateConfiguration>[1];
const readConfiguration = () => getConfig(root, 'electron-builder.yml', null);

describe('electron-builder.yml', () => {
  test('satisfies the schema of electron-builder', async () => {
    await validateConfiguration(await readConfiguration(), silent);
  });

  test('is refused with an option that the schema does not know', async () => {
    const configuration = { ...(await readConfiguration()), asarr: true };
    await expect(validateConfiguration(configuration, silent)).rejects.toThrow(/asarr/);
  });

  test('packages for the three systems, installed for the whole machine, and publishes nowhere', async () => {
    const { win, mac, linux, nsis, msi, ...rest } = await readConfiguration();
    const targets = [win, mac, linux].flatMap((system) => [system?.target].flat());
    const names = targets.map((target) => (target && typeof target === 'object' ? target.target : target));
    expect(names).toEqual(['nsis', 'msi', 'dmg', 'deb', 'AppImage']);
    expect([nsis?.perMachine, msi?.perMachine, mac?.hardenedRuntime]).toEqual([true, true, true]);
    expect(rest.publish).toBeNull();
  });

  test('adds nothing to the archive by another way, for any system', async () => {
    const configuration = await readConfiguration();
    for (const part of [configuration, configuration.win, configuration.mac, configuration.linux]) {
      expect([part?.extraResources, part?.extraFiles, part?.asarUnpack]).toEqual([undefined, undefined, undefined]);
    }
    expect([configuration.win?.files, configuration.mac?.files, configuration.linux?.files]).toEqual(
      Array(3).fill(undefined),
    );
  });
});

/** Packs a planted tree with electron-builder itself, around a stand-in for the Electron binary. */
describe('the archive', () => {
  const folder = suiteFolder();
  const unpacked = (path: string) => join(folder(), 'release/linux-unpacked', path);

  beforeAll(async () => {
    const planted = folder();
    for (const file of ['package.json', 'package-lock.json', 'electron-builder.yml', 'build/icons/icon.png']) {
      await cp(join(root, file), join(planted, file), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
    for (const file of [...built, ...never]) await plant(join(planted, file), 'planted');
    await plantElectron(join(planted, 'stand-in'));

    const program = join(root, 'node_modules/electron-builder/cli.js');
    const options = ['--linux', '--x64', '--dir', '--config', 'electron-builder.yml', '-c.electronDist=stand-in'];
    await promisify(execFile)(process.execPath, [program, ...options], { cwd: planted });
  });

  test('holds what was built, and neither the browser host, tests, endpoint, sources, modules nor data', () => {
    const archive = listPackage(unpacked('resources/app.asar'), { isPack: false }).map((path) => path.slice(1));
    const files = archive.filter((path) => /[.][a-z0-9]+$/.test(path));
    expect(files.toSorted()).toEqual([...built, 'package.json'].toSorted());
    expect(archive.filter((path) => !/^(dist|package[.]json)/.test(path))).toEqual([]);
  });

  test('is entered at the built host', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(built).toContain(manifest.main);
  });

  test('runs in an Electron with every fuse set', async () => {
    const wire: Record<string, unknown> = { ...(await getCurrentFuseWire(unpacked('probity'))) };
    const blown = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1';
    const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    const state = names.map((name) => [name, blown(FuseV1Options[name as keyof typeof FuseV1Options])]);
    expect(Object.fromEntries(state)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });
});

const built = [
  'dist/electron/main.js',
  'dist/electron/preload.cjs',
  'dist/renderer/index.html',
  'dist/renderer/assets/index.js',
  'dist/renderer/assets/inter.woff2',
];

const never = [
  '.env',
  '.probity/profile/vault.bin',
  'README.md',
  'build/browser-host/server.ts',
  'build/start.ts',
  'dist/browser-host/server.js',
  'dist/endpoint/main.js',
  'dist/renderer/assets/index.js.map',
  'docs/threat-model.md',
  'electron/main.ts',
  'endpoint/main.ts',
  'renderer/app/main.tsx',
  'renderer/vault/worker.ts',
  'shared/log/entry.ts',
  'test-results/e2e/trace.zip',
  'tests/e2e/queue.spec.ts',
];

async function plant(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode: 0o755 });
}

/** As much of an Electron distribution as the packager touches: a binary with a fuse wire, all fuses blown. */
async function plantElectron(folder: string): Promise<void> {
  const fuses = Object.keys(FuseV1Options).length / 2;
  const wire = Buffer.from([1, fuses, ...Buffer.from('1'.repeat(fuses))]);
  await plant(join(folder, 'electron'), Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), wire]));
  await plant(join(folder, 'version'), require('electron/package.json').version);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-GB.pak', 'resources/empty']) {
    await plant(join(folder, file), '');
  }
}
