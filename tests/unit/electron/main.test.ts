import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepProcessListeners } from '#tests/support/process-listeners.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
vi.mock('#electron/window-files.ts', () => ({ listWindowFiles: async () => () => undefined }));

type StandIn = typeof import('#tests/support/electron-stand-in.ts');
// By its mocked name: the stand-in that main.ts gets outlives the reset of modules.
const electron = (await import('electron')) as unknown as StandIn;

beforeEach(async () => {
  vi.resetModules();
  electron.app.removeAllListeners();
  electron.windowSession.removeAllListeners();
  electron.powerMonitor.removeAllListeners();
  electron.BrowserWindow.made.length = 0;
  electron.app.commandLine.removeSwitch.mockClear();
  const folder = await temporaryFolder();
  electron.app.getPath.mockImplementation((name) => join(folder, name));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
const restoreListeners = keepProcessListeners();
afterEach(() => {
  restoreListeners();
  vi.restoreAllMocks();
});

/** Runs main.ts as Electron would; it becomes ready only when the function returned is called. */
async function launch() {
  const { app, BrowserWindow } = electron;
  let ready = () => undefined as unknown;
  app.whenReady.mockReturnValue(
    new Promise((resolve) => {
      ready = () => resolve();
    }),
  );
  await import('#electron/main.ts');
  return async () => {
    ready();
    await vi.waitFor(() => expect(BrowserWindow.made.length).toBe(1));
    await new Promise((resolve) => setImmediate(resolve));
    return BrowserWindow.made[0];
  };
}

test('before Electron is ready: sandbox, caches and dumps off, British English, scheme, lock', async () => {
  const { app, BrowserWindow, protocol } = electron;
  await launch();
  expect(app.enableSandbox).toHaveBeenCalledOnce();
  const switches = app.commandLine.appendSwitch.mock.calls.map(([name]) => name);
  expect(switches).toEqual(
    expect.arrayContaining([
      'disable-http-cache',
      'disk-cache-size',
      'disable-gpu-shader-disk-cache',
      'disable-breakpad',
    ]),
  );
  expect(app.commandLine.appendSwitch).toHaveBeenCalledWith('lang', 'en-GB');
  expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledOnce();
  expect(app.requestSingleInstanceLock).toHaveBeenCalledOnce();
  expect(BrowserWindow.made).toEqual([]);
});

test.each([true, false])(
  'what is installed (%s) takes no switch by which somebody could look into it',
  async (isPackaged) => {
    const { app } = electron;
    app.isPackaged = isPackaged;
    await launch();
    const refused = app.commandLine.removeSwitch.mock.calls.map(([name]) => name);
    app.isPackaged = false;
    const some = ['remote-debugging-port', 'remote-debugging-pipe', 'proxy-server', 'ignore-certificate-errors'];
    expect(refused).toEqual(isPackaged ? expect.arrayContaining(some) : []);
  },
);

test('once it is ready there is one window, at app://probity/, behind the gate', async () => {
  const { ipcMain, windowSession } = electron;
  const ready = await launch();
  const window = await ready();
  expect(window?.loadURL).toHaveBeenCalledWith('app://probity/');
  expect(window?.options.webPreferences?.session).toBe(windowSession);
  expect(windowSession.protocol.handle).toHaveBeenCalledOnce();
  expect(ipcMain.handle).toHaveBeenCalledOnce();
  expect(process.stdout.write).toHaveBeenCalledWith('app://probity/\n');
});

test('suspending locks a window in which a passphrase was tried, and no other', async () => {
  const ready = await launch();
  const window = await ready();
  electron.powerMonitor.emit('suspend');
  expect(window?.hide).not.toHaveBeenCalled();
  const [, handle] = electron.ipcMain.handle.mock.lastCall ?? [];
  const sender = { sender: window?.webContents, senderFrame: window?.webContents.mainFrame };
  await handle?.(sender as never, 'attempt.begin', { slot: 'a-slot' });
  electron.powerMonitor.emit('suspend');
  expect(window?.webContents.send).toHaveBeenCalledWith('probity:event', { type: 'lock' });
  expect(window?.hide).toHaveBeenCalledOnce();
});

test('a page that crashes is loaded anew', async () => {
  const ready = await launch();
  const window = await ready();
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  await vi.waitFor(() => expect(window?.loadURL).toHaveBeenCalledTimes(2));
});

test('closing the window quits', async () => {
  const ready = await launch();
  await ready();
  electron.app.emit('window-all-closed');
  expect(electron.app.quit).toHaveBeenCalledOnce();
  electron.app.emit('will-quit', {});
});

test('a second instance quits at once', async () => {
  electron.app.requestSingleInstanceLock.mockReturnValueOnce(false);
  await launch();
  expect(electron.app.quit).toHaveBeenCalledOnce();
  expect(electron.app.whenReady).not.toHaveBeenCalled();
});

test('the first instance comes forward when a second one is started', async () => {
  const ready = await launch();
  const window = await ready();
  window?.isMinimized.mockReturnValue(true);
  electron.app.emit('second-instance', {}, [], '', null);
  expect(window?.restore).toHaveBeenCalledOnce();
  expect(window?.focus).toHaveBeenCalledOnce();
});
