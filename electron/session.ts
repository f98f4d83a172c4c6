import { type Session, session } from 'electron';

/** Camera, location, clipboard reading, notifications, devices: Probity needs none, so nothing is granted. */
function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/**
 * The window's own session: it persists IndexedDB, which holds sealed bytes only, and has no HTTP cache. Main speaks to
 * the endpoint through another session, so that this one can be cut off from every network.
 */
export function setupSession(): Session {
  const own = session.fromPartition('persist:probity', { cache: false });
  own.setSpellCheckerEnabled(false);
  setupPermissions(own);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'] },
    (_, answer) => answer({ cancel: true }),
  );
  return own;
}
