import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, powerMonitor } from 'electron';
import type { SendToWindow } from './window-bridge.ts';

/** British, whatever the machine is set to: what Chromium itself writes (lists, menus, a printed page's date) follows this. */
export function setupLanguage(): void {
  app.commandLine.appendSwitch('lang', 'en-GB');
}

/** Editing, zoom and quitting by the keys that a system's users expect; hidden until Alt is pressed. No reload, no DevTools. */
export function setupMenu(platform: NodeJS.Platform): void {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  };
  const application: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'Probity', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([application, { role: 'editMenu' }, view]));
}

/** Whoever returns to a computer that slept, or whose screen was locked, unlocks Probity again. */
export function setupPower(send: SendToWindow): void {
  const lock = () => send({ type: 'lock' });
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('shutdown', lock);
  // Another person's session comes to the front (Windows, macOS).
  powerMonitor.on('user-did-resign-active', lock);
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
