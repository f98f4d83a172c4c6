import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, powerMonitor } from 'electron';
import type { LockWindow } from './lock-window.ts';

/** British, whatever the machine is set to: what Chromium itself writes (lists, menus, a printed page's date) follows this. */
export function setupLanguage(): void {
  app.commandLine.appendSwitch('lang', 'en-GB');
}

/** Editing, zoom and quitting by the keys that a system's users expect. No reload, no DevTools. */
export function setupMenu(platform: NodeJS.Platform): void {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      // The same key without Shift, which browsers take too.
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
    ],
  };
  const application: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'Probity', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([application, { role: 'editMenu' }, view]));
}

/** Whoever returns to a computer that slept, or whose screen was locked, unlocks Probity again. */
export function setupPower(lock: LockWindow): void {
  // Also when another person's session comes to the front (Windows, macOS).
  for (const event of ['suspend', 'lock-screen', 'shutdown', 'user-did-resign-active'] as const) {
    // One listener for four events, whose types differ.
    powerMonitor.on(event as 'suspend', () => void lock('locked-with-system'));
  }
}

/** False when Probity runs already for this profile: two would write to one store. The one that runs comes forward. */
export function setupSingleInstance(findWindow: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const window = findWindow();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  return true;
}
