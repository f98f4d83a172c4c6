import { setTimeout as wait } from 'node:timers/promises';
import { app, clipboard } from 'electron';
import type { ClipboardGuard, TextClipboard } from './host/clipboard-guard.ts';

/** Milliseconds that quitting waits: the program that holds a clipboard may not answer. */
const patience = 2_000;

/** On Linux what is merely selected stands in a second clipboard, which the middle mouse button pastes. */
export const systemClipboards = (platform: NodeJS.Platform): readonly TextClipboard[] =>
  platform === 'linux' ? [clipboard, clipboard.selection] : [clipboard];

export async function clearInTime(guard: ClipboardGuard): Promise<void> {
  const cleared = guard.clear().catch(() => undefined);
  await Promise.race([cleared, wait(patience)]);
}

/** Nothing that was copied from the workbench outlives it. */
export function setupClipboard(guard: ClipboardGuard): void {
  app.on('will-quit', (event) => {
    if (!guard.isOwed()) return;
    event.preventDefault();
    void clearInTime(guard).then(() => app.quit());
  });
}
