import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { createLockWatch } from '#electron/host/lock-watch.ts';
import { createRecovery, watchHelpers } from '#electron/recovery.ts';
import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import { app, asWindow, BrowserWindow } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
beforeEach(() => void vi.useFakeTimers({ toFake: ['setImmediate'] }));
afterEach(() => {
  vi.useRealTimers();
  app.removeAllListeners();
});

function recovering() {
  const window = new BrowserWindow({});
  const lockWatch = createLockWatch();
  const copied = { readText: vi.fn(async () => 'copied here'), clear: vi.fn() };
  const clipboard = createClipboardGuard([copied]);
  const endWith = vi.fn(async () => undefined);
  const clock = { now: 0 };
  const recovery = createRecovery({
    window: asWindow(window),
    lockWatch,
    clipboard,
    endWith,
    now: () => clock.now,
  });
  const fail = async (reason = 'crashed') => {
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    await vi.runAllTimersAsync();
  };
  return { ...recovery, window, lockWatch, clipboard, copied, endWith, clock, fail };
}

test.each([
  ['crashed', 'window-failed'],
  ['killed', 'window-failed'],
  ['abnormal-exit', 'window-failed'],
  ['launch-failed', 'window-failed'],
  ['integrity-failure', 'window-failed'],
  ['oom', 'window-out-of-memory'],
])('a page that %s is loaded anew, not within the event, and it is told: %s', async (reason, notice) => {
  const { window, lockWatch, fail } = recovering();
  const failed = fail(reason);
  expect(window.loadURL).not.toHaveBeenCalled();
  await failed;
  expect(window.loadURL.mock.calls).toEqual([['app://probity/']]);
  expect(lockWatch.locked()).toBe(notice);
  // Told again to a page that failed again, until a member has unlocked.
  expect(lockWatch.locked()).toBe(notice);
  lockWatch.opened();
  expect(lockWatch.locked()).toBeNull();
});

test('what was copied goes from the clipboard: the page that would have cleared it is gone', async () => {
  const { clipboard, copied, fail } = recovering();
  clipboard.note(await digestOfCopied('copied here'));
  await fail();
  await vi.waitFor(() => expect(copied.clear).toHaveBeenCalledOnce());
});

test('three failures in a minute are mended, a fourth ends Probity', async () => {
  const { window, endWith, clock, fail } = recovering();
  for (const at of [0, 20_000, 40_000]) {
    clock.now = at;
    await fail();
  }
  expect(window.loadURL).toHaveBeenCalledTimes(3);
  clock.now = 59_999;
  await fail();
  expect(endWith.mock.calls).toEqual([['window-keeps-failing']]);
  expect(window.loadURL).toHaveBeenCalledTimes(3);
});

test('failures far apart are mended for ever', async () => {
  const { window, endWith, clock, fail } = recovering();
  for (let count = 0; count < 10; count += 1) {
    clock.now += 21_000;
    await fail();
  }
  expect(window.loadURL).toHaveBeenCalledTimes(10);
  expect(endWith).not.toHaveBeenCalled();
});

test('a page that ends in good order, or with its window, is no failure', async () => {
  const { window, fail } = recovering();
  await fail('clean-exit');
  window.isDestroyed.mockReturnValue(true);
  await fail();
  expect(window.loadURL).not.toHaveBeenCalled();
});

describe('a page that Probity ends itself', () => {
  test('is told of by the reason for it, and counts as no failure', async () => {
    const { window, lockWatch, endWith, startAnew, fail } = recovering();
    for (let count = 0; count < 5; count += 1) {
      startAnew('locked-with-system');
      await fail('killed');
    }
    expect(window.webContents.forcefullyCrashRenderer).toHaveBeenCalledTimes(5);
    expect(window.loadURL).toHaveBeenCalledTimes(5);
    expect(lockWatch.locked()).toBe('locked-with-system');
    expect(endWith).not.toHaveBeenCalled();
  });

  test('is not ended twice, nor where the window is gone', () => {
    const { window, startAnew } = recovering();
    window.webContents.isCrashed.mockReturnValue(true);
    startAnew('locked-with-system');
    window.webContents.isCrashed.mockReturnValue(false);
    window.isDestroyed.mockReturnValue(true);
    startAnew('locked-with-system');
    expect(window.webContents.forcefullyCrashRenderer).not.toHaveBeenCalled();
  });
});

describe('loading', () => {
  test('shows a window that was hidden, and no other', async () => {
    const { window, load } = recovering();
    await load();
    expect(window.show).not.toHaveBeenCalled();
    window.isVisible.mockReturnValue(false);
    await load();
    expect(window.show).toHaveBeenCalledOnce();
  });

  test('that fails ends Probity, unless the page crashed meanwhile, which is told of by itself', async () => {
    const { window, endWith, load } = recovering();
    window.loadURL.mockRejectedValue(new Error('ERR_FAILED'));
    window.webContents.isCrashed.mockReturnValue(true);
    await load();
    expect(endWith).not.toHaveBeenCalled();
    window.webContents.isCrashed.mockReturnValue(false);
    await load();
    expect(endWith.mock.calls).toEqual([['program-incomplete']]);
  });
});

test('a helper that failed locks a workbench that may be open, and no other', () => {
  const lockWatch = createLockWatch();
  const lock = vi.fn();
  watchHelpers(lockWatch, lock);
  const gone = (reason: string) => app.emit('child-process-gone', {}, { type: 'GPU', reason, exitCode: 1 });
  // As on a computer without a graphics card, where Chromium tries twice as it starts.
  gone('crashed');
  expect(lock).not.toHaveBeenCalled();
  lockWatch.trying();
  gone('clean-exit');
  expect(lock).not.toHaveBeenCalled();
  gone('killed');
  expect(lock.mock.calls).toEqual([['window-helper-failed']]);
});
