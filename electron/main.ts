/** The desktop application: one window, one host, and every door that Electron leaves open shut. No case knowledge. */
import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { clearInTime, setupClipboard, systemClipboards } from './clipboard.ts';
import { setupLanguage, setupMenu, setupSingleInstance } from './desktop.ts';
import { createEndWith, setupLastResort } from './end-with.ts';
import { setupHardening, setupNavigation, setupSwitches } from './hardening.ts';
import { createClipboardGuard } from './host/clipboard-guard.ts';
import { openHost } from './open-host.ts';
import { openWindow } from './open-window.ts';
import { windowUrl } from './origin.ts';
import { checkProfile, setupProfile } from './profile.ts';
import { setupScheme } from './protocol.ts';
import { setupSpelling } from './session.ts';
import { parseStartOptions } from './start-options.ts';

const clipboard = createClipboardGuard(systemClipboards(process.platform));
const endWith = createEndWith(() => clearInTime(clipboard));
setupLastResort(endWith);

const options = parseStartOptions(process.argv, app.isPackaged);
let window: BrowserWindow | null = null;

// The lock below is per profile, so the profile comes first.
const profile = setupProfile(options.profile, process.platform);
setupSwitches(app.isPackaged);
setupHardening();
setupLanguage();
setupScheme();
setupNavigation();
setupSpelling();

const unusable = checkProfile(profile, process.platform);
// Not awaited: the app becomes ready only after this module has run.
if (unusable) void endWith(unusable);
else if (setupSingleInstance(() => window)) {
  void app
    .whenReady()
    .then(start)
    .catch(() => endWith('defect'));
} else app.quit();

async function start(): Promise<void> {
  const host = await openHost({ ...options, profile }, clipboard);
  if (!host.ok) return endWith(host.error);
  setupMenu(process.platform);
  setupClipboard(clipboard);
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => host.value.host.close());
  const folders = {
    renderer: join(import.meta.dirname, '../renderer'),
    preload: join(import.meta.dirname, 'preload.cjs'),
  };
  window = await openWindow(host.value, clipboard, folders, endWith);
  // `npm start` waits for this line.
  if (!app.isPackaged) process.stdout.write(`${windowUrl}\n`);
}
