import { beforeEach, expect, test, vi } from 'vitest';
import { createWindow } from '#electron/window.ts';
import { app, asSession, BrowserWindow, StandInSession } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));

beforeEach(() => {
  BrowserWindow.made.length = 0;
  app.isPackaged = false;
});

function made() {
  createWindow(asSession(new StandInSession()), '/dist/preload.cjs');
  const [window] = BrowserWindow.made;
  if (!window) throw new Error('no window was made');
  return window;
}

test('the page runs sandboxed, isolated and without Node', () => {
  expect(made().options.webPreferences).toMatchObject({
    preload: '/dist/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    v8CacheOptions: 'none',
  });
});

test.each([
  [true, false],
  [false, true],
])('packaged: %s, DevTools: %s', (packaged, devTools) => {
  app.isPackaged = packaged;
  expect(made().options.webPreferences?.devTools).toBe(devTools);
});

test('no menu bar shows, nor comes with Alt', () => {
  const window = made();
  expect(window.options.autoHideMenuBar).toBeUndefined();
  expect(window.setMenuBarVisibility).toHaveBeenCalledWith(false);
});

test('screenshots show nothing', () => {
  expect(made().setContentProtection).toHaveBeenCalledWith(true);
});

test('the title never says what is open', () => {
  const preventDefault = vi.fn();
  made().emit('page-title-updated', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test('it is shown once it has something to show', () => {
  const window = made();
  expect(window.options.show).toBe(false);
  window.emit('ready-to-show');
  expect(window.show).toHaveBeenCalledOnce();
});
