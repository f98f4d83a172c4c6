import { type Session, session } from 'electron';

/** Camera, location, clipboard reading, notifications, devices: Probity needs none, so nothing is granted. */
function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/** Chromium would fetch dictionaries, and on some systems have the words checked elsewhere. */
export function quieten(session: Session): Session {
  session.setSpellCheckerEnabled(false);
  return session;
}

/**
 * The window's own session: it persists IndexedDB, which holds sealed bytes only, and has no HTTP cache. Main speaks to
 * the endpoint through another session, so that this one can be cut off from every network.
 */
export function setupSession(): Session {
  const own = quieten(session.fromPartition('persist:probity', { cache: false }));
  setupPermissions(own);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'] },
    (_, answer) => answer({ cancel: true }),
  );
  return own;
}
