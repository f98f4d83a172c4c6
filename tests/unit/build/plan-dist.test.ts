import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTools, readElectron } from '#build/installers/find-tools.ts';
import { type GivenElectron, planDist, type Tools } from '#build/installers/plan-dist.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const nothing: Tools = { fpm: false, dpkgDeb: false, appImage: null, nsis: null };
const linux: GivenElectron = { folder: '/given', system: 'linux', version: '45.4.1' };

function planned(electron: GivenElectron, tools: Partial<Tools>) {
  const plan = planDist(electron, '45.4.1', { ...nothing, ...tools });
  if (!plan.ok) throw new Error(plan.error);
  return plan.value;
}

test('the given Electron is packed, and no other is fetched', () => {
  const { args } = planned(linux, { fpm: true });
  expect(args).toEqual(['--linux', 'deb', '--x64', '-c.electronDist=/given', '-c.electronVersion=45.4.1']);
});

test('fpm packs the .deb where it is, else dpkg-deb in its place', () => {
  const withBoth = planned(linux, { fpm: true, dpkgDeb: true });
  expect(withBoth.environment).toEqual({ USE_SYSTEM_FPM: 'true' });
  expect(withBoth.told[0]).toBe('The .deb is packed by fpm.');
  const withOne = planned(linux, { dpkgDeb: true });
  expect(withOne.environment.CUSTOM_FPM_PATH).toMatch(/pack-deb\.ts$/);
  expect(withOne.told[0]).toBe('The .deb is packed by dpkg-deb.');
});

test('where there is no tool, the folder is made, and what is not is said', () => {
  const { args, told } = planned(linux, {});
  expect(args).toContain('dir');
  expect(told).toEqual([
    'No .deb: neither fpm nor dpkg-deb is on this computer.',
    'No AppImage: APPIMAGE_TOOLS_PATH names no tools.',
  ]);
});

test('an AppImage and a Windows installer are made by the tools that are named', () => {
  expect(planned(linux, { dpkgDeb: true, appImage: '/tools' }).args.slice(0, 3)).toEqual([
    '--linux',
    'deb',
    'AppImage',
  ]);
  const windows = { ...linux, system: 'win' } as const;
  expect(planned(windows, { nsis: '/nsis' }).args.slice(0, 2)).toEqual(['--win', 'nsis']);
  expect(planned(windows, {}).told).toEqual(['No Windows installer: ELECTRON_BUILDER_NSIS_DIR names no NSIS.']);
});

test('another version of Electron than Probity is built for is refused', () => {
  expect(planDist({ ...linux, version: '25.1.1' }, '45.4.1', nothing)).toEqual({
    ok: false,
    error: '/given has Electron 25.1.1, and Probity is built for 45.4.1.',
  });
});

test('an Electron is known by its program and its version', async () => {
  const folder = await temporaryFolder();
  expect(await readElectron(folder)).toBeNull();
  await writeFile(join(folder, 'electron.exe'), '');
  expect(await readElectron(folder)).toBeNull();
  await writeFile(join(folder, 'version'), 'v45.4.1\n');
  expect(await readElectron(folder)).toEqual({ folder, system: 'win', version: '45.4.1' });
});

test('tools are found on the path and in the environment', async () => {
  const folder = await temporaryFolder();
  expect(findTools({ PATH: folder })).toEqual(nothing);
  await writeFile(join(folder, 'dpkg-deb'), '');
  expect(findTools({ PATH: folder, APPIMAGE_TOOLS_PATH: '/tools', ELECTRON_BUILDER_NSIS_DIR: '/nsis' })).toEqual({
    ...nothing,
    dpkgDeb: true,
    appImage: '/tools',
    nsis: '/nsis',
  });
});
