import { app, BrowserWindow, dialog } from 'electron';
import { type FailureCode, failureOf } from './failure-words.ts';

export type EndWith = (code: FailureCode) => Promise<void>;

/**
 * Ends Probity with a box in plain words and an exit code. The first failure counts: what else fails while it ends follows
 * from it.
 * @param before what must be done in any case: `app.exit` asks nobody
 */
export function createEndWith(before: () => Promise<void>): EndWith {
  let isEnding = false;
  return async (code) => {
    if (isEnding) return;
    isEnding = true;
    await app.whenReady();
    // Nothing stays on screen behind the box.
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    await before();
    const { title, words, exitCode } = failureOf(code);
    dialog.showErrorBox(title, words);
    app.exit(exitCode);
  };
}

/** What nobody caught. A rejection harms nothing else; after an exception nothing can be relied on. */
export function setupLastResort(endWith: EndWith): void {
  process.on('uncaughtException', () => void endWith('defect'));
  process.on('unhandledRejection', (error) => {
    const { name, code } = (error ?? {}) as NodeJS.ErrnoException;
    process.stderr.write(`Probity: a promise was rejected unheard (${name ?? 'no name'}, ${code ?? 'no code'})\n`);
  });
}
