import type { BrowserWindow } from 'electron';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import type { LockWindow } from './lock-window.ts';

/** A page locks by itself after `idleLimit`; one that stands still, behind a dialog or hung, is given so much longer (ms). */
const slack = 30_000;
const lookEvery = 15_000;

/**
 * Locks a window that nobody used for so long, and that did not lock itself.
 * @param now milliseconds of a clock that nobody sets
 */
export function watchIdle({ webContents }: BrowserWindow, lock: LockWindow, now: () => number): void {
  let last = now();
  webContents.on('input-event', () => {
    last = now();
  });
  setInterval(() => {
    if (now() - last >= idleLimit + slack) void lock('idle-behind-dialog');
  }, lookEvery).unref();
}
