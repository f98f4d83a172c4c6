import type { BrowserWindow } from 'electron';
import { setupPower } from './desktop.ts';
import type { EndWith } from './end-with.ts';
import type { ClipboardGuard } from './host/clipboard-guard.ts';
import { watchIdle } from './idle.ts';
import { createLock } from './lock-window.ts';
import type { OpenHost } from './open-host.ts';
import { setupProtocol } from './protocol.ts';
import { createRecovery, watchHelpers } from './recovery.ts';
import { setupSession } from './session.ts';
import { watchAnswers } from './unresponsive.ts';
import { createWindow } from './window.ts';
import { setupHostEvents, setupIpcGate } from './window-bridge.ts';

/** For how long nothing is heard of the first page before it is taken to be damaged (ms): no file is checked for what is in it. */
const patience = 30_000;

interface Folders {
  /** The built workbench. */
  readonly renderer: string;
  /** The bundled preload script. */
  readonly preload: string;
}

/** The window, and all that looks after it: crashes, hanging, missing files, the system's sleep. */
export async function openWindow(
  { host, lockWatch }: OpenHost,
  clipboard: ClipboardGuard,
  { renderer, preload }: Folders,
  endWith: EndWith,
): Promise<BrowserWindow> {
  const incomplete = () => void endWith('program-incomplete');
  const session = setupSession();
  await setupProtocol(session, renderer, incomplete).catch(incomplete);
  const window = createWindow(session, preload);
  const now = () => performance.now();
  setupIpcGate(host, window);
  const send = setupHostEvents(host, window);
  const { load, startAnew } = createRecovery({ window, lockWatch, clipboard, endWith, now });
  const lock = createLock({ window, lockWatch, send, startAnew });
  watchAnswers(window, startAnew);
  watchHelpers(lockWatch, lock);
  setupPower(lock);
  watchIdle(window, lock, { monotonic: now, wall: () => Date.now() });
  window.webContents.on('preload-error', incomplete);
  void lockWatch.untilHeard(patience).then((heard) => heard || incomplete());
  await load();
  return window;
}
