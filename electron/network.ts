import { app, type Session, session } from 'electron';
import type { Fetch } from './host/signed-fetch.ts';

const networkService = 'network.mojom.NetworkService';

/**
 * Chromium's network, which knows the system's proxy and certificates, through a session that keeps nothing. One whose
 * network process ended fails every request from then on (seen in Electron 25), so that another takes its place. Once the app is ready.
 */
export function createNetwork(): Fetch {
  // Names are looked up where the system says, and nowhere else: Chromium may know a resolver of its own over HTTPS.
  app.configureHostResolver({ secureDnsMode: 'off' });
  let count = 0;
  let current: Session | null = null;
  app.on('child-process-gone', (_event, { serviceName }) => {
    if (serviceName === networkService) current = null;
  });
  const fresh = (): Session => {
    count += 1;
    // Without "persist:" it lies in memory.
    return session.fromPartition(`endpoint-${count}`, { cache: false });
  };
  return (url, init) => {
    current ??= fresh();
    return current.fetch(url, init);
  };
}
