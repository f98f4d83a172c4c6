import { app, BrowserWindow, type Session } from 'electron';

/** @param preload absolute path of the bundled preload script */
export function createWindow(session: Session, preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Probity',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      v8CacheOptions: 'none',
      devTools: !app.isPackaged,
    },
  });
  // Its keys work, and Alt alone shows no bar.
  window.setMenuBarVisibility(false);
  // Screenshots, screen sharing and remote viewing show a blank window.
  window.setContentProtection(true);
  // Task bars and window lists show the title: it never says what is open.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  return window;
}
