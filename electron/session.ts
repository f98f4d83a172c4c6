import { type Session, session } from 'electron';
import { setupPermissions } from './permissions.ts';

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
