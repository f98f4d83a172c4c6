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
  watchIdle(asWindow(window), lock, { monotonic: () => clock.now, wall: () => 0 });
  const look = () => vi.advanceTimersByTime(15_000);
  clock.now = 60_000;
  window.webContents.emit('input-event', {}, { type: 'mouseMove' });
  clock.now += idleLimit + 29_999;
  look();
  expect(lock).not.toHaveBeenCalled();
  clock.now += 1;
  look();
  expect(lock.mock.calls).toEqual([['idle-behind-dialog']]);
});

test('whoever wakes a computer that slept finds the window locked, and it is counted anew from then on', () => {
  const window = new BrowserWindow({});
  const lock = vi.fn();
  const clock = { monotonic: 0, wall: 0 };
  watchIdle(asWindow(window), lock, { monotonic: () => clock.monotonic, wall: () => clock.wall });
  const press = () => window.webContents.emit('input-event', {}, { type: 'keyDown' });
  clock.wall = 8 * 3_600_000;
  press();
  expect(lock.mock.calls).toEqual([['idle-behind-dialog']]);
  press();
  vi.advanceTimersByTime(15_000);
  expect(lock).toHaveBeenCalledOnce();
});

test('a clock that is set back keeps no window open', () => {
  const window = new BrowserWindow({});
  const lock = vi.fn();
  const clock = { monotonic: 0, wall: 0 };
  watchIdle(asWindow(window), lock, { monotonic: () => clock.monotonic, wall: () => clock.wall });
  clock.monotonic = idleLimit + 30_000;
  clock.wall = -3_600_000;
  vi.advanceTimersByTime(15_000);
  expect(lock).toHaveBeenCalledOnce();
});
