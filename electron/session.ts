import { app, type Session, session } from 'electron';

/** Camera, location, clipboard reading, notifications, devices: Probity needs none, so nothing is granted. */
function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/**
 * Of every session there is, Electron's own included: Chromium fetches dictionaries for one that has languages, whether it
 * checks spelling or not, and macOS may have words checked elsewhere. Before the app is ready.
 */
export function setupSpelling(): void {
  app.on('session-created', (session) => {
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
  });
}

/**
 * The window's own session: it persists IndexedDB, which holds sealed bytes only, and has no HTTP cache. Main speaks to
 * the endpoint through another session, so that this one can be cut off from every network.
 */
export function setupSession(): Session {
  const own = session.fromPartition('persist:probity', { cache: false });
  setupPermissions(own);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'] },
    (_, answer) => answer({ cancel: true }),
  );
  return own;
}
