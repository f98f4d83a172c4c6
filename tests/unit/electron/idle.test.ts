import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchIdle } from '#electron/idle.ts';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import { asWindow, BrowserWindow } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a window that nobody used, and that did not lock itself, is locked half a minute after it should have', () => {
  const window = new BrowserWindow({});
  const lock = vi.fn();
  const clock = { now: 0 };
  watchIdle(asWindow(window), lock, () => clock.now);
  const look = () => vi.advanceTimersByTime(15_000);
  clock.now = 60_000;
  window.webContents.emit('input-event', {}, { type: 'mouseMove' });
  clock.now += idleLimit + 29_999;
  look();
  expect(lock).not.toHaveBeenCalled();
  clock.now += 1;
  look();
  expect(lock.mock.calls).toEqual([['idle-behind-dialog']]);
  window.webContents.emit('input-event', {}, { type: 'keyDown' });
  look();
  expect(lock).toHaveBeenCalledOnce();
});
