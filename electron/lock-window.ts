import type { BrowserWindow } from 'electron';
import type { WindowNoticeCode } from '#shared/bridge/contract.ts';
import type { LockWatch } from './host/lock-watch.ts';
import type { StartAnew } from './recovery.ts';
import type { SendToWindow } from './window-bridge.ts';

/** For how long a page may save what was being typed, and lock (ms). It gives itself half a second. */
const patience = 2_000;

interface Parts {
  readonly window: BrowserWindow;
  readonly lockWatch: LockWatch;
  readonly send: SendToWindow;
  readonly startAnew: StartAnew;
}

export type LockWindow = (notice: WindowNoticeCode) => Promise<void>;

/**
 * Locks whether the page can or not: one that prints stands still until its dialog is closed, and a hung one hears nothing.
 * So the window goes from the screen at once, and comes back locked, by itself or opened anew.
 */
export function createLock({ window, lockWatch, send, startAnew }: Parts): LockWindow {
  let isLocking = false;
  return async (notice) => {
    if (isLocking || window.isDestroyed() || !lockWatch.mayBeOpen()) return;
    isLocking = true;
    // One that is minimised would be restored by being shown again.
    const wasOnScreen = window.isVisible() && !window.isMinimized();
    const hadFocus = window.isFocused();
    if (wasOnScreen) window.hide();
    lockWatch.tell(notice);
    send({ type: 'lock' });
    const isLocked = await lockWatch.untilLocked(patience);
    isLocking = false;
    if (window.isDestroyed()) return;
    if (!isLocked) startAnew(notice);
    // Whoever works in another program meanwhile goes on there.
    else if (wasOnScreen) hadFocus ? window.show() : window.showInactive();
  };
}
