import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchAnswers } from '#electron/unresponsive.ts';
import { asWindow, BrowserWindow, dialog } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
/** By hand: Node's promised timers are not among those that vitest fakes. */
const grace = vi.hoisted(() => ({ over: () => Boolean(0), signal: undefined as AbortSignal | undefined }));
vi.mock('node:timers/promises', () => ({
  setTimeout: (_: number, __: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      Object.assign(grace, { over: resolve, signal });
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
}));
beforeEach(() => void dialog.showMessageBox.mockReset());
afterEach(() => vi.restoreAllMocks());

const answer = (response: number) => dialog.showMessageBox.mockResolvedValueOnce({ response, checkboxChecked: false });

function watched() {
  const window = new BrowserWindow({});
  const startAnew = vi.fn();
  watchAnswers(asWindow(window), startAnew);
  return { window, contents: window.webContents, startAnew };
}

test('a page that hangs is given time; then a box offers to wait or to open it anew', async () => {
  const { contents, startAnew } = watched();
  answer(1);
  contents.emit('unresponsive');
  expect(dialog.showMessageBox).not.toHaveBeenCalled();
  grace.over();
  await vi.waitFor(() => expect(startAnew.mock.calls).toEqual([['window-unresponsive']]));
  const [, options] = dialog.showMessageBox.mock.calls[0] ?? [];
  expect(options).toMatchObject({ buttons: ['Wait', 'Open anew'], defaultId: 0, cancelId: 0 });
  expect(options?.detail).toContain('is kept');
});

test('whoever waits is asked again', async () => {
  const { contents, startAnew } = watched();
  answer(0);
  answer(1);
  contents.emit('unresponsive');
  contents.emit('unresponsive');
  grace.over();
  await vi.waitFor(() => expect(dialog.showMessageBox).toHaveBeenCalledOnce());
  await new Promise((resolve) => setImmediate(resolve));
  expect(startAnew).not.toHaveBeenCalled();
  grace.over();
  await vi.waitFor(() => expect(startAnew).toHaveBeenCalledOnce());
});

test.each(['responsive', 'render-process-gone'])('%s takes the box away, and nothing is opened anew', async (event) => {
  const { contents, startAnew } = watched();
  dialog.showMessageBox.mockImplementationOnce(
    (_, { signal }) =>
      new Promise((resolve) => {
        // As Electron does: the box closes as if cancelled.
        signal?.addEventListener('abort', () => resolve({ response: 0, checkboxChecked: false }));
      }),
  );
  contents.emit('unresponsive');
  grace.over();
  await vi.waitFor(() => expect(dialog.showMessageBox).toHaveBeenCalledOnce());
  contents.emit(event);
  expect(grace.signal?.aborted).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(dialog.showMessageBox).toHaveBeenCalledOnce();
  expect(startAnew).not.toHaveBeenCalled();
});

test('a page that comes round in time is not asked about', async () => {
  const { window, contents } = watched();
  contents.emit('unresponsive');
  window.emit('closed');
  await new Promise((resolve) => setImmediate(resolve));
  expect(dialog.showMessageBox).not.toHaveBeenCalled();
});
