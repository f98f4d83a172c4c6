import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { keepProcessListeners } from '#tests/support/process-listeners.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
const windowFiles = vi.hoisted(() => ({ list: async (): Promise<unknown> => () => undefined }));
vi.mock('#electron/window-files.ts', () => ({ listWindowFiles: () => windowFiles.list() }));
const disk = vi.hoisted(() => ({ error: null as string | null, type: 0 }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const fsyncSync = (file: number) => {
    if (disk.error) throw Object.assign(new Error(disk.error), { code: disk.error });
    fs.fsyncSync(file);
  };
  return { ...fs, fsyncSync, statfsSync: () => ({ type: disk.type }) };
});

type StandIn = typeof import('#tests/support/electron-stand-in.ts');
const electron = (await import('electron')) as unknown as StandIn;
const { app, BrowserWindow, dialog, safeStorage, windowSession } = electron;
const unheard = vi.fn();
const restoreListeners = keepProcessListeners();
let profile = '';

beforeEach(async () => {
  vi.resetModules();
  for (const each of [app, windowSession, electron.powerMonitor]) each.removeAllListeners();
  BrowserWindow.made.length = 0;
  Object.assign(disk, { error: null, type: 0 });
  windowFiles.list = async () => () => undefined;
  const folder = await temporaryFolder();
  profile = join(folder, 'userData');
  app.getPath.mockImplementation((name) => join(folder, name));
  app.whenReady.mockResolvedValue();
  for (const mock of [dialog.showErrorBox, app.exit, app.quit]) mock.mockClear();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  process.on('unhandledRejection', unheard);
});
afterEach(() => {
  restoreListeners();
  vi.restoreAllMocks();
});

const causes: Record<string, [exitCode: number, words: RegExp, cause: () => unknown]> = {
  'a disk without room': [4, /is full/, () => Object.assign(disk, { error: 'ENOSPC' })],
  'a quota that is used up': [4, /is full/, () => Object.assign(disk, { error: 'EDQUOT' })],
  'a profile without rights': [5, /may not write/, () => Object.assign(disk, { error: 'EACCES' })],
  'a disk that is read only': [5, /may not write/, () => Object.assign(disk, { error: 'EROFS' })],
  'a disk that fails': [6, /cannot use the folder/, () => Object.assign(disk, { error: 'EIO' })],
  'a file where the profile should be': [6, /cannot use the folder/, () => writeFile(profile, 'a file')],
  'a profile on NFS': [7, /network drive/, () => Object.assign(disk, { type: 0x6969 })],
  'a profile on a Windows share': [7, /network drive/, () => Object.assign(disk, { type: 0xfe534d42 })],
  'no keyring': [3, /keyring/, () => safeStorage.getSelectedStorageBackend.mockReturnValueOnce('basic_text')],
  'a keychain that is not available': [
    3,
    /secure storage/,
    () => safeStorage.isAsyncEncryptionAvailable.mockResolvedValueOnce(false),
  ],
  'a keychain that fails': [
    3,
    /secure storage/,
    () => safeStorage.isAsyncEncryptionAvailable.mockRejectedValueOnce(new Error('D-Bus')),
  ],
  'a damaged device.json': [8, /device\.json of this computer is damaged/, () => plant('device.json', '{"half')],
  'a device.json from another computer': [
    8,
    /another computer/,
    async () => {
      await plant('device.json', JSON.stringify({ format: 'probity-sealed+1', sealed: 'AAAA' }));
      safeStorage.decryptStringAsync.mockRejectedValueOnce(new Error('sealed elsewhere'));
    },
  ],
  'a device.json that is a folder': [
    6,
    /cannot use the folder/,
    () => mkdir(join(profile, 'device.json'), { recursive: true }),
  ],
  'a bundle that is missing': [
    9,
    /missing or damaged/,
    () => {
      windowFiles.list = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ENOENT' }));
    },
  ],
};

async function plant(name: string, content: string): Promise<void> {
  await mkdir(profile, { recursive: true });
  await writeFile(join(profile, name), content);
}

test.each(Object.keys(causes))(
  '%s: one box in plain words, an exit code, and no rejection that nobody hears',
  async (name) => {
    const [exitCode, words, cause] = causes[name] ?? [0, /./, () => undefined];
    await cause();
    await import('#electron/main.ts');
    await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[exitCode]]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(dialog.showErrorBox.mock.calls).toEqual([['Probity cannot start', expect.stringMatching(words)]]);
    expect(dialog.showErrorBox.mock.calls[0]?.[1]).toMatch(/untouched|left as it is|Nothing was stored/);
    expect(app.exit).toHaveBeenCalledOnce();
    expect(unheard).not.toHaveBeenCalled();
  },
);

test('where nothing can be written, the lock of the profile is not even tried', async () => {
  disk.error = 'EACCES';
  app.requestSingleInstanceLock.mockClear();
  await import('#electron/main.ts');
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalled());
  expect(app.requestSingleInstanceLock).not.toHaveBeenCalled();
});

test.each<[string, () => Promise<unknown>]>([
  ['is missing', async () => ({ status: 404, headers: {}, body: 'Not found' })],
  ['cannot be read', () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))],
])('an index.html that %s ends Probity', async (_, answer) => {
  windowFiles.list = async () => () => answer;
  await import('#electron/main.ts');
  await vi.waitFor(() => expect(BrowserWindow.made).toHaveLength(1));
  const [, handle] = windowSession.protocol.handle.mock.lastCall ?? [];
  await handle?.(new Request('app://probity/') as never);
  await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[9]]));
  expect(dialog.showErrorBox).toHaveBeenCalledExactlyOnceWith(
    'Probity cannot start',
    expect.stringContaining('missing'),
  );
});

test('a page of which nothing is heard for half a minute ends Probity', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await import('#electron/main.ts');
  while (BrowserWindow.made.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(app.exit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  while (app.exit.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(app.exit.mock.calls).toEqual([[9]]);
});

test('a preload script that fails ends Probity', async () => {
  await import('#electron/main.ts');
  await vi.waitFor(() => expect(BrowserWindow.made).toHaveLength(1));
  BrowserWindow.made[0]?.webContents.emit('preload-error', {}, 'preload.cjs', new Error('gone'));
  await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[9]]));
});

test('an exception that nobody caught hides the window, says so and ends Probity', async () => {
  await import('#electron/main.ts');
  await vi.waitFor(() => expect(BrowserWindow.made).toHaveLength(1));
  process.emit('uncaughtException', new Error('a defect'));
  await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[1]]));
  expect(BrowserWindow.made[0]?.hide).toHaveBeenCalledOnce();
  expect(dialog.showErrorBox.mock.calls).toEqual([['Probity has stopped', expect.stringContaining('untouched')]]);
});

test('the deployment guide has every exit code', async () => {
  const guide = await readFile(new URL('../../../docs/deployment.md', import.meta.url), 'utf8');
  const exitCodes = Object.values(causes).map(([exitCode]) => exitCode);
  for (const exitCode of [...exitCodes, 1, 9, 10]) expect(guide).toContain(`| ${exitCode} |`);
});
