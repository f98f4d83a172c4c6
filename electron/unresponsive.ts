import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { StartAnew } from './recovery.ts';

/** After Chromium's own, and again after each "Wait" (ms). */
const grace = 10_000;

const question = {
  type: 'warning',
  title: 'Probity does not answer',
  message: 'The window of Probity does not answer',
  detail:
    'Everything that was saved is kept, and so is what you were typing until about a second before. You can wait, or open the window anew and unlock again.',
  buttons: ['Wait', 'Open anew'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
} satisfies MessageBoxOptions;
const openAnew = 1;

/** A page that hangs may come round, and may not: a person decides. */
export function watchAnswers(window: BrowserWindow, startAnew: StartAnew): void {
  let asking: AbortController | null = null;
  const end = () => {
    asking?.abort();
    asking = null;
  };
  window.webContents.on('unresponsive', () => {
    if (asking) return;
    asking = new AbortController();
    void ask(window, asking.signal, startAnew).catch(() => undefined);
  });
  window.webContents.on('responsive', end);
  window.webContents.on('render-process-gone', end);
  window.on('closed', end);
}

async function ask(window: BrowserWindow, signal: AbortSignal, startAnew: StartAnew): Promise<void> {
  while (!signal.aborted) {
    // Rejects, and ends this, when the page answers again.
    await wait(grace, undefined, { signal });
    const { response } = await dialog.showMessageBox(window, { ...question, signal });
    if (!signal.aborted && response === openAnew) return startAnew('window-unresponsive');
  }
}
