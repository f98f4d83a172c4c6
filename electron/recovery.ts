import { app, type BrowserWindow } from 'electron';
import type { WindowNoticeCode } from '#shared/bridge/contract.ts';
import type { EndWith } from './end-with.ts';
import type { ClipboardGuard } from './host/clipboard-guard.ts';
import type { LockWatch } from './host/lock-watch.ts';
import { windowUrl } from './origin.ts';

/** A window that failed so often within this time (ms) would fail again. */
const mostFailures = 3;
const within = 60_000;

interface Parts {
  readonly window: BrowserWindow;
  readonly lockWatch: LockWatch;
  readonly clipboard: ClipboardGuard;
  readonly endWith: EndWith;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
}

/** Ends the page's process, whatever it is doing, and opens the workbench anew, locked. */
export type StartAnew = (notice: WindowNoticeCode) => void;

export interface Recovery {
  /** Loads the workbench, and shows the window where it was hidden. What comes in between is seen to. */
  load(): Promise<void>;
  readonly startAnew: StartAnew;
}

/**
 * A page whose process ended would leave a white window for ever: it is loaded anew, a bounded number of times.
 * In the same window always: Electron (25, on Linux) crashes where a window goes under its open print dialog.
 */
export function createRecovery({ window, lockWatch, clipboard, endWith, now }: Parts): Recovery {
  const { webContents } = window;
  let failures: number[] = [];
  /** Why we ended the process ourselves. */
  let because: WindowNoticeCode | null = null;

  const isTooMany = (): boolean => {
    failures = [...failures.filter((at) => now() - at < within), now()];
    return failures.length > mostFailures;
  };

  async function load(): Promise<void> {
    try {
      await window.loadURL(windowUrl);
      if (!window.isVisible()) window.show();
    } catch {
      // One that failed again as it was loading is told of by its own event.
      if (!window.isDestroyed() && !webContents.isCrashed()) await endWith('program-incomplete');
    }
  }

  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const isOurs = because !== null;
    lockWatch.tell(because ?? noticeOf(reason));
    because = null;
    // The page that would have cleared it in a minute is gone.
    void clipboard.clear().catch(() => undefined);
    if (!isOurs && isTooMany()) void endWith('window-keeps-failing');
    // Not within the event: Chromium is still taking the process apart.
    else setImmediate(() => void load());
  });

  return {
    load,
    startAnew: (notice) => {
      if (window.isDestroyed() || webContents.isCrashed()) return;
      because = notice;
      webContents.forcefullyCrashRenderer();
    },
  };
}

const noticeOf = (reason: string): WindowNoticeCode =>
  reason === 'oom' || reason === 'memory-eviction' ? 'window-out-of-memory' : 'window-failed';

/** Chromium starts its helpers again by itself; what they had in hand, a page may wait for in vain. */
export function watchHelpers(lockWatch: LockWatch, lock: (notice: WindowNoticeCode) => void): void {
  app.on('child-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && lockWatch.mayBeOpen()) lock('window-helper-failed');
  });
}
