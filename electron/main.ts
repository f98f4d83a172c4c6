/** The desktop application: one window, one host, and every door that Electron leaves open shut. No case knowledge. */
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, net } from 'electron';
import { setupClipboard, systemClipboards } from './clipboard.ts';
import { setupLanguage, setupMenu, setupPower, setupSingleInstance } from './desktop.ts';
import { setupHardening, setupNavigation } from './hardening.ts';
import { createClipboardGuard } from './host/clipboard-guard.ts';
import { createHost } from './host/host.ts';
import { windowUrl } from './origin.ts';
import { setupProtocol, setupScheme } from './protocol.ts';
import { createSecretStore } from './secret-store.ts';
import { setupSession } from './session.ts';
import { parseStartOptions } from './start-options.ts';
import { createWindow } from './window.ts';
import { setupHostEvents, setupIpcGate } from './window-bridge.ts';

const options = parseStartOptions(process.argv, app.isPackaged);
let window: BrowserWindow | null = null;

// The lock below is per profile, so the profile comes first.
if (options.profile) app.setPath('userData', options.profile);
app.setPath('sessionData', join(app.getPath('userData'), 'session'));
setupHardening();
setupLanguage();
setupScheme();
setupNavigation();

// Not awaited: the app becomes ready only after this module has run.
if (setupSingleInstance(() => window)) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  const secrets = await createSecretStore(process.platform);
  if (!secrets.ok) return refuseToStart(secrets.error);

  const clipboard = createClipboardGuard(systemClipboards(process.platform));
  const host = createHost({
    ...options,
    clipboard,
    profile: app.getPath('userData'),
    secrets: secrets.value,
    version: app.getVersion(),
    kind: 'electron',
    now: Date.now,
    fetch: (url, init) => net.fetch(url, init),
  });
  const session = setupSession();
  await setupProtocol(session, join(import.meta.dirname, '../renderer'));
  setupMenu(process.platform);
  window = createWindow(session, join(import.meta.dirname, 'preload.cjs'));
  setupIpcGate(host, window);
  setupPower(setupHostEvents(host, window));
  setupClipboard(clipboard);
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => host.close());
  await window.loadURL(windowUrl);
  // `npm start` waits for this line.
  if (!app.isPackaged) process.stdout.write(`${windowUrl}\n`);
}

function refuseToStart(reason: string): void {
  dialog.showErrorBox('Probity cannot start', reason);
  app.exit(1);
}
