import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { checkProfile, isOnNetwork, setupProfile } from '#electron/profile.ts';
import { app } from '#tests/support/electron-stand-in.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void app.setPath.mockClear());

test.each<[NodeJS.Platform, string]>([
  ['linux', '/stand-in/userData'],
  ['darwin', '/stand-in/userData'],
  // Where Electron would put it is copied to each computer that its user signs in to.
  ['win32', join('/stand-in/home', 'AppData', 'Local', 'Probity')],
])('on %s everything is kept in %s', (platform, folder) => {
  app.getPath.mockImplementation((name) => `/stand-in/${name}`);
  expect(setupProfile(null, platform)).toBe(folder);
  expect(app.setPath.mock.calls).toEqual([
    ['userData', folder],
    ['sessionData', join(folder, 'session')],
  ]);
});

test('what is given goes before', () => {
  expect(setupProfile('/data/p', 'win32')).toBe('/data/p');
});

test('trying leaves nothing behind, and what is there alone', async () => {
  const folder = join(await temporaryFolder(), 'not', 'yet', 'there');
  expect(checkProfile(folder, 'linux')).toBeNull();
  await writeFile(join(folder, 'journal'), 'sealed');
  expect(checkProfile(folder, 'linux')).toBeNull();
  expect(await readdir(folder)).toEqual(['journal']);
});

test.each([
  ['\\\\server\\homes\\m.pritchard', true],
  ['//server/homes', true],
  ['\\\\?\\UNC\\server\\homes', true],
  ['C:\\Users\\m.pritchard\\AppData\\Local\\Probity', false],
  ['\\\\?\\C:\\Users', false],
])('on Windows %s is on a network: %s', (name, isThere) => {
  expect(isOnNetwork(name, 'win32')).toBe(isThere);
});
