import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLockWatch } from '#electron/host/lock-watch.ts';
import { createLock } from '#electron/lock-window.ts';
import { asWindow, BrowserWindow } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const window = new BrowserWindow({});
  const lockWatch = createLockWatch();
  const send = vi.fn();
  const startAnew = vi.fn();
  lockWatch.trying();
  return {
    window,
    lockWatch,
    send,
    startAnew,
    lock: createLock({ window: asWindow(window), lockWatch, send, startAnew }),
  };
}

test('the window goes from the screen at once, whatever its page does, and comes back when the page has locked', async () => {
  const { window, lockWatch, send, startAnew, lock } = open();
  const locked = lock('locked-with-system');
  expect(window.hide).toHaveBeenCalledOnce();
  expect(send.mock.calls).toEqual([[{ type: 'lock' }]]);
  expect(window.show).not.toHaveBeenCalled();
  expect(lockWatch.locked()).toBe('locked-with-system');
  await locked;
  expect(window.show).toHaveBeenCalledOnce();
  expect(startAnew).not.toHaveBeenCalled();
});

test('a page that cannot lock, as under a print dialog, is ended after two seconds', async () => {
  const { window, startAnew, lock } = open();
  const locked = lock('locked-with-system');
  await vi.advanceTimersByTimeAsync(1_999);
  expect(startAnew).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await locked;
  expect(startAnew.mock.calls).toEqual([['locked-with-system']]);
  // Recovery shows it, with the new page.
  expect(window.show).not.toHaveBeenCalled();
});

test('suspending and locking the screen, one after the other, lock once', async () => {
  const { window, lockWatch, lock } = open();
  const locked = lock('locked-with-system');
  await lock('locked-with-system');
  lockWatch.locked();
  await locked;
  await lock('locked-with-system');
  expect(window.hide).toHaveBeenCalledOnce();
});

test('a locked workbench stays where it is', async () => {
  const { window, lockWatch, send, lock } = open();
  lockWatch.locked();
  await lock('locked-with-system');
  expect(window.hide).not.toHaveBeenCalled();
  expect(send).not.toHaveBeenCalled();
});

test('a minimised window stays so; one behind another comes back behind it', async () => {
  const first = open();
  first.window.isMinimized.mockReturnValue(true);
  const minimised = first.lock('locked-with-system');
  first.lockWatch.locked();
  await minimised;
  expect(
    [first.window.hide, first.window.show, first.window.showInactive].map((each) => each.mock.calls.length),
  ).toEqual([0, 0, 0]);
  const second = open();
  second.window.isFocused.mockReturnValue(false);
  const behind = second.lock('locked-with-system');
  second.lockWatch.locked();
  await behind;
  expect(second.window.showInactive).toHaveBeenCalledOnce();
  expect(second.window.show).not.toHaveBeenCalled();
});

test('a window that was closed meanwhile is left alone', async () => {
  const { window, startAnew, lock } = open();
  const locked = lock('locked-with-system');
  window.isDestroyed.mockReturnValue(true);
  await vi.advanceTimersByTimeAsync(2_000);
  await locked;
  expect(startAnew).not.toHaveBeenCalled();
});
