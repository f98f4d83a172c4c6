import type { BrowserWindow } from 'electron';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import { createIdleTime, type IdleClocks } from '#shared/bridge/idle-time.ts';
import type { LockWindow } from './lock-window.ts';

/** A page locks by itself after `idleLimit`; one that stands still, behind a dialog or hung, is given so much longer (ms). */
const slack = 30_000;
const lookEvery = 15_000;

/** Locks a window that nobody used for so long, and that did not lock itself. Once locked, it is asked in vain until it is used. */
export function watchIdle({ webContents }: BrowserWindow, lock: LockWindow, clocks: IdleClocks): void {
  let time = createIdleTime(idleLimit + slack, clocks);
  const lockIt = () => void lock('idle-behind-dialog');
  webContents.on('input-event', () => {
    if (time.sign()) return;
    lockIt();
    time = createIdleTime(idleLimit + slack, clocks);
  });
  setInterval(() => {
    if (time.isOver()) lockIt();
  }, lookEvery).unref();
}
