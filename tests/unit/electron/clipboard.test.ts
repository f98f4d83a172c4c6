import { afterEach, describe, expect, test, vi } from 'vitest';
import { setupClipboard, systemClipboards } from '#electron/clipboard.ts';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import { app, clipboard } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
afterEach(() => {
  app.removeAllListeners();
  vi.clearAllMocks();
});

describe('the system’s clipboards', () => {
  test.each<[NodeJS.Platform, number]>([
    ['win32', 1],
    ['darwin', 1],
    ['linux', 2],
  ])('on %s there are %d', (platform, count) => {
    const found = systemClipboards(platform);
    expect(found[0]).toBe(clipboard);
    expect(found.slice(1)).toEqual([clipboard.selection].slice(0, count - 1));
  });
});

test('a clipboard that another programme holds keeps the others from nothing, and stays owed', async () => {
  const guard = createClipboardGuard(systemClipboards('linux'));
  clipboard.readText.mockRejectedValueOnce(new Error('held'));
  clipboard.selection.readText.mockResolvedValueOnce('copied here');
  guard.note(await digestOfCopied('copied here'));
  await expect(guard.clear()).rejects.toThrow('held');
  expect(clipboard.selection.clear).toHaveBeenCalledOnce();
  expect(guard.isOwed()).toBe(true);
  clipboard.readText.mockResolvedValueOnce('copied here');
  await guard.clear();
  expect(clipboard.clear).toHaveBeenCalledOnce();
  expect(guard.isOwed()).toBe(false);
});

describe('quitting', () => {
  function started() {
    const guard = createClipboardGuard(systemClipboards('linux'));
    setupClipboard(guard);
    const preventDefault = vi.fn();
    return { guard, preventDefault, quit: () => app.emit('will-quit', { preventDefault }) };
  }

  test('waits until what was copied is cleared, then goes on', async () => {
    const { guard, preventDefault, quit } = started();
    clipboard.readText.mockResolvedValueOnce('copied here');
    clipboard.selection.readText.mockResolvedValueOnce('selected elsewhere');
    guard.note(await digestOfCopied('copied here'));
    quit();
    expect(preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(clipboard.clear).toHaveBeenCalledOnce();
    expect(clipboard.selection.clear).not.toHaveBeenCalled();
    quit();
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('does not wait when nothing was copied', () => {
    const { preventDefault, quit } = started();
    quit();
    expect(preventDefault).not.toHaveBeenCalled();
    expect(clipboard.readText).not.toHaveBeenCalled();
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no clipboard'))],
    ['never answers', () => new Promise<string>(() => undefined)],
  ])('goes on when the clipboard %s', async (_, readText) => {
    const { guard, quit } = started();
    clipboard.readText.mockImplementationOnce(readText);
    guard.note(await digestOfCopied('copied here'));
    quit();
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce(), 4_000);
  });
});
