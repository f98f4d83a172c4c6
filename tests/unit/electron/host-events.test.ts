import { expect, test, vi } from 'vitest';
import { setupPower } from '#electron/desktop.ts';
import type { Host } from '#electron/host/host.ts';
import { setupHostEvents } from '#electron/window-bridge.ts';
import { createEventRelay } from '#shared/bridge/event-relay.ts';
import { asWindow, BrowserWindow, powerMonitor } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));

test.each(['suspend', 'lock-screen', 'shutdown', 'user-did-resign-active'])('%s locks the window', (event) => {
  powerMonitor.removeAllListeners();
  const lock = vi.fn();
  setupPower(lock);
  powerMonitor.emit(event);
  expect(lock.mock.calls).toEqual([['locked-with-system']]);
});

function windowWithEvents() {
  const relay = createEventRelay();
  const host: Host = {
    handle: async () => ({ ok: true, reply: {} }),
    subscribe: relay.subscribe,
    close: () => undefined,
  };
  const window = new BrowserWindow({});
  return { relay, window, send: setupHostEvents(host, asWindow(window)) };
}

const online = { type: 'connection', online: true } as const;

test('a page that was loaded, or loaded again, is told how things stand, once', () => {
  const { relay, window } = windowWithEvents();
  relay.publish(online);
  expect(window.webContents.send).not.toHaveBeenCalled();
  window.webContents.emit('did-finish-load');
  window.webContents.emit('did-finish-load');
  expect(window.webContents.send.mock.calls).toEqual(Array(2).fill(['probity:event', online]));
  relay.publish({ type: 'logAdvanced', position: 4 });
  expect(window.webContents.send).toHaveBeenCalledTimes(3);
});

test('a window that is gone, or whose page is, is sent nothing', () => {
  const { window, send } = windowWithEvents();
  window.webContents.isCrashed.mockReturnValue(true);
  send({ type: 'lock' });
  window.isDestroyed.mockReturnValue(true);
  send({ type: 'lock' });
  expect(window.webContents.send).not.toHaveBeenCalled();
});
