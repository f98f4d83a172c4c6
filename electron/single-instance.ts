import { app, type BrowserWindow } from 'electron';

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
