import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { childEnvironment } from '#build/environment.ts';
import { findTools, readElectron } from '#build/installers/find-tools.ts';
import { planDist } from '#build/installers/plan-dist.ts';
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

const electronVersion: string = require('electron/package.json').version;
const tools = findTools();

/** Packs a planted tree with electron-builder itself, around a stand-in for the Electron binary. */
async function pack(planted: string, ...more: string[]): Promise<void> {
  const electron = await readElectron(join(planted, 'stand-in'));
  const plan = electron && planDist(electron, electronVersion, { ...tools, appImage: null });
  if (!plan?.ok) throw new Error(plan?.error ?? 'no stand-in');
  const program = join(root, 'node_modules/electron-builder/cli.js');
  const args = [program, '--config', 'electron-builder.yml', ...plan.value.args, ...more];
  await promisify(execFile)(process.execPath, args, { cwd: planted, env: childEnvironment(plan.value.environment) });
}

async function plantTree(planted: string): Promise<void> {
  for (const file of ['package.json', 'package-lock.json', 'electron-builder.yml', 'build/icons/icon.png']) {
    await cp(join(root, file), join(planted, file), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
  for (const file of [...built, ...never]) await plant(join(planted, file), 'planted');
  await plantElectron(join(planted, 'stand-in'));
}

describe('a packaged Probity', () => {
  const folder = suiteFolder();
  const unpacked = (path: string) => join(folder(), 'release/linux-unpacked', path);

  beforeAll(async () => {
    await plantTree(folder());
    await pack(folder());
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

  test('has the hash of every file in its archive, for an Electron that checks them', () => {
    const archive = unpacked('resources/app.asar');
    for (const path of [...built, 'package.json']) {
      const entry = statFile(archive, path) as { integrity?: { algorithm: string; hash: string } };
      const hash = createHash('sha256').update(extractFile(archive, path)).digest('hex');
      expect(entry.integrity, path).toMatchObject({ algorithm: 'SHA256', hash });
    }
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

  // On a computer without them the directory above is all that is made, and dist says so.
  const packer = tools.fpm ? 'fpm' : tools.dpkgDeb ? 'dpkg-deb' : 'nothing';
  if (tools.dpkgDeb) describe(`as a .deb, packed by ${packer}`, () => describeDeb(folder));
  else test(`is no .deb, as ${packer} is here that makes or reads one`, () => expect(tools.dpkgDeb).toBe(false));
});

function describeDeb(folder: () => string): void {
  const run = promisify(execFile);
  const debOf = (version: string) => join(folder(), `release/Probity-${version}-linux-amd64.deb`);
  const field = async (deb: string, name: string) => (await run('dpkg-deb', ['-f', deb, name])).stdout.trim();
  const installed = (path: string) => join(folder(), 'installed', path);

  beforeAll(async () => {
    await run('dpkg-deb', ['-x', debOf('0.1.0'), installed('')]);
    await run('dpkg-deb', ['-e', debOf('0.1.0'), installed('DEBIAN')]);
  });

  test('says what it is, and needs a keyring', async () => {
    const deb = debOf('0.1.0');
    expect([await field(deb, 'Package'), await field(deb, 'Version'), await field(deb, 'Architecture')]).toEqual([
      'probity',
      '0.1.0',
      'amd64',
    ]);
    expect(await field(deb, 'Depends')).toContain('libsecret-1-0');
    expect(await field(deb, 'Recommends')).toBe('gnome-keyring | kwalletmanager');
    expect(await field(deb, 'Description')).toMatch(/^Case workbench for police Anti-Corruption Units/);
  });

  test('installs the program and its desktop entry, owned by root, and nothing in anybody’s folders', async () => {
    const { stdout } = await run('dpkg-deb', ['-c', debOf('0.1.0')]);
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => !/^\S+ root\/root /.test(line))).toEqual([]);
    const paths = lines.map((line) => / (\.\/\S*)/.exec(line)?.[1] ?? '').filter((path) => !path.endsWith('/'));
    expect(paths).toEqual(expect.arrayContaining(['./opt/Probity/probity', './opt/Probity/resources/app.asar']));
    expect(paths.filter((path) => !/^\.\/(opt\/Probity|usr\/share)\//.test(path))).toEqual([]);
    expect(await readFile(installed('opt/Probity/resources/app.asar'))).toEqual(
      await readFile(join(folder(), 'release/linux-unpacked/resources/app.asar')),
    );
  });

  test('is in the menu, and is opened by no type of file and no kind of address', async () => {
    const entry = await readFile(installed('usr/share/applications/probity.desktop'), 'utf8');
    expect(entry).toMatch(/^Name=Probity$/m);
    expect(entry).toMatch(/^Exec=\/opt\/Probity\/probity/m);
    expect(entry).toMatch(/^Icon=probity$/m);
    expect(entry).toMatch(/^StartupWMClass=probity$/m);
    expect(entry).toMatch(/^Categories=Office;$/m);
    // A packaged Probity takes no orders from outside.
    expect(entry).not.toMatch(/^MimeType=/m);
    await expect(readdir(installed('usr/share/mime'))).rejects.toThrow(/ENOENT/);
  });

  test('is replaced by a later version, and neither takes the profile along', async () => {
    const profile = installed('home/analyst/.config/Probity/journal');
    await plant(profile, 'sealed');
    await pack(folder(), '-c.extraMetadata.version=0.2.0');
    const later = debOf('0.2.0');
    await run('dpkg', ['--compare-versions', await field(later, 'Version'), 'gt', '0.1.0']);
    expect(await field(later, 'Package')).toBe('probity');
    await run('dpkg-deb', ['-x', later, installed('')]);
    expect(JSON.parse(String(extractFile(installed('opt/Probity/resources/app.asar'), 'package.json'))).version).toBe(
      '0.2.0',
    );
    expect(await readFile(profile, 'utf8')).toBe('sealed');
    for (const script of ['postinst', 'postrm']) {
      expect(await readFile(installed(`DEBIAN/${script}`), 'utf8')).not.toMatch(/home|\.config|rm -r/);
    }
  });
}

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
  await plant(join(folder, 'version'), electronVersion);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-GB.pak', 'resources/empty']) {
    await plant(join(folder, file), '');
  }
}
